import { lifecycle } from './lib/processes/lifecycle.mjs';
import { givenDatabase } from './lib/stores/given.mjs';
import { migrate, saidOf } from './lib/stores/migrations.mjs';
import { say, Stop } from './lib/say.mjs';

/** Brings the database of the environment up to date: what the image has of bin/. On a laptop: npm run db:migrate. */
await lifecycle().run(async () => {
  const database = givenDatabase();
  if (!database) throw new Stop('DATABASE_URL is not set: it says which database to bring up to date.');
  say(saidOf(database, await migrate(database)));
  return 0;
});
