import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { answering } from '../rates/pinned.ts';
import { median } from '../statistics.ts';
import { doSomething, type Town } from './people.ts';
import { Record } from './record.ts';
import { openSoakedSite } from './site.ts';

/**
 * Mixed traffic for ten minutes, while each store is stopped once and killed once. Prints what was asked, what became of
 * it, how long service took to return, memory, and whether anything that was promised is missing. Ends with 1 when
 * something is: that does not depend on the machine.
 */
const seconds = Number(process.env.SOAK_SECONDS ?? 600);
const walkers = 24;
/** How long a store is away, and how long after its return the site is still not called calm, in milliseconds. */
const [AWAY, SETTLING] = [5_000, 5_000];

const site = await openSoakedSite();
const record = new Record();
const town: Town = { port: site.port, mail: site.mail, record, members: [], lostLetters: [] };
const end = performance.now() + seconds * 1000;
function left(): number {
  return end - performance.now();
}

async function walk(): Promise<void> {
  while (left() > 0) {
    await doSomething(town);
    await pause(20 + Math.random() * 60);
  }
}

const memory: { web: number[]; worker: number[] } = { web: [], worker: [] };
async function watchMemory(): Promise<void> {
  while (left() > 0) {
    memory.web.push(site.web.memory());
    memory.worker.push(site.worker.memory());
    await pause(1_000);
  }
}

const recoveries: string[] = [];
let slowest = 0;
async function breakThings(): Promise<void> {
  const plan = [
    ['Redis', 'stop'],
    ['Postgres', 'stop'],
    ['Redis', 'kill'],
    ['Postgres', 'kill'],
  ] as const;
  for (const [name, how] of plan) {
    await pause((seconds * 1000) / 6);
    record.calm = false;
    await site.stores[name].goAway(how);
    await pause(AWAY);
    await site.stores[name].comeBack();
    const back = performance.now();
    await answering(site.port, '/health/ready', site.host);
    const took = performance.now() - back;
    slowest = Math.max(slowest, took);
    recoveries.push(`${name} (${how}): ${(took / 1000).toFixed(1)} s`);
    await pause(SETTLING);
    record.calm = true;
  }
}

await Promise.all([...Array.from({ length: walkers }, walk), watchMemory(), breakThings()]);

/** People who were let in and are not there, and names that were saved and are others. */
async function missing(): Promise<string[]> {
  const client = new pg.Client({ connectionString: site.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ username: string; displayName: string | null }>(
    'SELECT "username", "displayName" FROM "User"',
  );
  await client.end();
  const kept = new Map(rows.map((row) => [row.username, row.displayName]));
  return town.members.flatMap(({ username, displayName }) => {
    if (!kept.has(username)) return [`${username} is gone`];
    return displayName !== null && kept.get(username) !== displayName ? [`${username} has lost a name`] : [];
  });
}
const lost = await missing();
const faults = [...site.web.faults, ...site.worker.faults];

function words(counts: { [outcome: string]: number }): string {
  return Object.entries(counts)
    .map(([outcome, count]) => `${outcome} ${count}`)
    .join(', ');
}
function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}
/** Medians of the second tenth (the first one warms up) and of the last one. */
function growth(samples: readonly number[]) {
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  const [start, finish] = [median(samples.slice(tenth, tenth * 2)), median(samples.slice(-tenth))];
  const share = ((finish - start) / start) * 100;
  return `${megabytes(start)} → ${megabytes(finish)} MB (${share >= 0 ? '+' : ''}${share.toFixed(0)} %)`;
}

console.log(`
${record.requests} requests in ${seconds} s by ${walkers} people at once; ${town.members.length} joined
  all stores there:   ${words(record.tally(true))}; p50 ${record.latency(0.5, true).toFixed(0)} ms, p99 ${record.latency(0.99, true).toFixed(0)} ms
  a store away:       ${words(record.tally(false))}; p99 ${record.latency(0.99, false).toFixed(0)} ms
  ready again after:  ${recoveries.join(', ')}
  memory, web:        ${growth(memory.web)}
  memory, worker:     ${growth(memory.worker)}
  lost:               ${lost.length === 0 ? 'nothing' : lost.join(', ')}
  letters not come:   ${town.lostLetters.length}
  faults logged:      ${faults.length}`);
for (const line of faults.slice(0, 5)) console.log(`    ${line.slice(0, 400)}`);

const bad = lost.length + faults.length + (record.tally(true).fault ?? 0) + (record.tally(false).fault ?? 0);
for (const store of Object.values(site.stores)) await store.goAway('stop');
process.exit(bad > 0 ? 1 : 0);
