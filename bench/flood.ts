import { Client, type Reply } from './client.ts';
import { person, wrong } from './people.ts';
import { settings } from './settings.ts';

// Nobody is left to talk to.
process.once('disconnect', () => process.exit());

/** Many browsers that sign in at once, with wrong passwords; the next burst begins when the last one is answered. */
const clients = await Promise.all(
  Array.from({ length: settings.parallel }, () => new Client(Number(process.argv[2])).open('/login')),
);
process.send!('ready');
process.once('message', async () => {
  const replies: Reply[] = [];
  for (let burst = 0; burst < settings.bursts; burst++) {
    const posts = clients.map((client, n) => {
      const { username } = person(n % 2 ? 'k' : 'u', settings.people - 10 - burst * settings.parallel - n);
      return client.post('/login', { identifier: username, password: wrong });
    });
    replies.push(...(await Promise.all(posts)));
  }
  process.send!(replies.map(({ status, retryAfter, ms }) => ({ status, retryAfter, ms })));
});
