import { setTimeout as pause } from 'node:timers/promises';
import { Client } from './client.ts';
import { password, person } from './people.ts';
import { settings } from './settings.ts';

// Nobody is left to talk to.
process.once('disconnect', () => process.exit());

/** A member who looks at two pages again and again, from "begin" until "end"; then tells how each was answered. */
const port = Number(process.argv[2]);
const member = await new Client(port).open('/login');
const { location } = await member.post('/login', {
  identifier: person('k', settings.people - 1).username,
  password,
});
if (location !== '/profile') throw new Error('the member could not sign in');

let going = true;
async function look(path: string): Promise<{ status: number; ms: number }[]> {
  const looks: { status: number; ms: number }[] = [];
  while (going) {
    const { status, ms } = await member.send('GET', path);
    looks.push({ status, ms });
    await pause(2);
  }
  return looks;
}
process.send!('ready');
process.once('message', () => {
  const all = Promise.all([look('/health/live'), look('/profile')]);
  process.send!('begun');
  process.once('message', async () => {
    going = false;
    process.send!(await all);
  });
});
