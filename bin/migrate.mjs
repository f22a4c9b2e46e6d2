import { shown } from './lib/stores/database.mjs';
import { lifecycle } from './lib/processes/lifecycle.mjs';
import { migrate } from './lib/stores/migrations.mjs';
import { say, Stop } from './lib/say.mjs';

/** Brings the database of the environment up to date: what the image has of bin/. On a laptop: npm run db:migrate. */
await lifecycle().run(async () => {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Stop('DATABASE_URL is not set: it says which database to bring up to date.');
  const applied = await migrate(url);
  say(
    applied.length > 0
      ? `Applied to ${shown(url)}:\n  ${applied.join('\n  ')}`
      : `${shown(url)} is up to date.`,
  );
  return 0;
});
