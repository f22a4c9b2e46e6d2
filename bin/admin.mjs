import { decideReport, listReports, showReport } from './lib/admin/reports.mjs';
import { lifecycle } from './lib/processes/lifecycle.mjs';
import { say, Stop } from './lib/say.mjs';
import { connected, shown } from './lib/stores/database.mjs';
import { givenDatabase } from './lib/stores/given.mjs';

const usage = `Usage:
  npm run admin -- reports              open reports, the most urgent first
  npm run admin -- reports show <id>    one of them, with its evidence
  npm run admin -- reports decided <id> it has been decided: its reporter is told within ten minutes`;

/** The environment's database, else the one of the site that runs from this checkout. */
async function database() {
  const given = givenDatabase();
  if (given) return given.databaseUrl;
  // A container has no checkout, and not these files.
  const { runningSite } = await import('./lib/run/state.mjs').catch(() => ({ runningSite: () => undefined }));
  const { databaseUrl } = runningSite() ?? {};
  if (!databaseUrl) throw new Stop('DATABASE_URL is not set, and no site runs from this checkout.');
  return databaseUrl;
}

function commandOf([what, act = 'list', id, ...more]) {
  if (what !== 'reports' || more.length > 0) return undefined;
  if (act === 'list' && id === undefined) return (client) => listReports(client, new Date());
  if (act === 'show' && id) return (client) => showReport(client, id);
  if (act === 'decided' && id) return (client) => decideReport(client, id, new Date());
  return undefined;
}

/** What people on the server do. In a container: node bin/admin.mjs … */
await lifecycle().run(async () => {
  const command = commandOf(process.argv.slice(2));
  if (!command) throw new Stop(usage);
  const url = await database();
  say(
    await connected(url, command).catch((error) => {
      if (error instanceof Stop) throw error;
      throw new Stop(`The database at ${shown(url)} did not answer: ${error.message || error.code}`);
    }),
  );
  return 0;
});
