import { answerCase, confirmCase, listWaiting, unseal } from './lib/admin/cases.mjs';
import { nameCase, unnameCase } from './lib/admin/naming.mjs';
import { hold, release, removeSecondFactor, setRole } from './lib/admin/people.mjs';
import { listReports, showReport } from './lib/admin/reports.mjs';
import { transparency } from './lib/admin/transparency.mjs';
import { lifecycle } from './lib/processes/lifecycle.mjs';
import { say, Stop } from './lib/say.mjs';
import { connected, shown } from './lib/stores/database.mjs';
import { givenDatabase } from './lib/stores/given.mjs';

const usage = `Usage:
  npm run admin -- role <username> moderator|admin|member   who may come to the desk
  npm run admin -- reports                        open reports, the most urgent first
  npm run admin -- reports show <id>              one of them, with its evidence
  npm run admin -- cases                          decisions and appeals that wait for somebody else
  npm run admin -- confirm <case> [no]            be that person: it holds for good, or is taken back
  npm run admin -- answer <case> yes <why>        an appeal: the decision stays; with "no" it is taken back
  npm run admin -- name <case> <username>         whom a case of nobody is about, also at the desk
  npm run admin -- unname <case>                  who was named by mistake
  npm run admin -- unseal <case>                  one that was sealed by mistake
  npm run admin -- hold <username>                keep somebody's data from deletion, for an order of court
  npm run admin -- release <username>             no longer
  npm run admin -- second-factor remove <username>  of somebody at the desk who lost the app
  npm run admin -- transparency <year>            counts of a year, by reason and act`;

/** The environment's database as the owner of its tables, else that of the site that runs from this checkout. */
async function database() {
  const given = givenDatabase();
  if (given) return given.ownerUrl;
  // A container has no checkout, and not these files.
  const { runningSite } = await import('./lib/run/state.mjs').catch(() => ({ runningSite: () => undefined }));
  const { ownerUrl } = runningSite() ?? {};
  if (!ownerUrl) throw new Stop('DATABASE_URL is not set, and no site runs from this checkout.');
  return ownerUrl;
}

/** By what is typed; each takes a client of the database. */
const commands = {
  reports: () => (client) => listReports(client, new Date()),
  'reports show': (id) => (client) => showReport(client, id, new Date()),
  role: (username, role) => (client) => setRole(client, username, role),
  cases: () => listWaiting,
  confirm: (id, no) => (client) => confirmCase(client, id, no !== 'no', new Date()),
  answer:
    (id, said, ...why) =>
    (client) => {
      if (!['yes', 'no'].includes(said)) throw new Stop(usage);
      return answerCase(client, id, said === 'yes', why.join(' '), new Date());
    },
  name: (id, username) => (client) => nameCase(client, id, username, new Date()),
  unname: (id) => (client) => unnameCase(client, id, new Date()),
  unseal: (id) => (client) => unseal(client, id),
  hold: (username) => (client) => hold(client, username, new Date()),
  release: (username) => (client) => release(client, username),
  'second-factor remove': (username) => (client) => removeSecondFactor(client, username, new Date()),
  transparency: (year) => (client) => transparency(client, year),
};
/** Least and most words after the command. */
const words = {
  reports: [0, 0],
  role: [2, 2],
  cases: [0, 0],
  name: [2, 2],
  confirm: [1, 2],
  answer: [2, 200],
};

function commandOf(args) {
  for (const taken of [2, 1]) {
    const [name, rest] = [args.slice(0, taken).join(' '), args.slice(taken)];
    const [least, most] = words[name] ?? [1, 1];
    if (Object.hasOwn(commands, name) && rest.length >= least && rest.length <= most)
      return commands[name](...rest);
  }
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
