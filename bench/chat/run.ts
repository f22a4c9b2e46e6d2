import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { productionOn } from '../environment.ts';
import { goalOf } from '../goals.ts';
import { answering, startPinned } from '../rates/pinned.ts';
import { writeResults } from '../results.ts';
import { settings } from '../settings.ts';
import { median, quantile, table } from '../statistics.ts';
import { openMailServer } from '../../tests/support/mail-server.ts';
import { buildPairs, type Person } from './build.ts';
import { idleSockets } from './idle.ts';
import { insertRate } from './inserts.ts';
import { pageTimes } from './pages.ts';
import { chatSettings } from './settings.ts';
import type { Measured, Order } from './talking.ts';

/**
 * How long a message takes from one to the other, how many go, and what that is beside a relay that stores nothing and beside
 * Postgres alone; and how long pages of long conversations take.
 */
const mail = await openMailServer();
const { databaseUrl, redisUrl } = settings;
const env = productionOn({ databaseUrl, redisUrl, smtpUrl: mail.url });
const people = await buildPairs(env.SESSION_SECRET, chatSettings.pairs * 2);
const redis = new Redis(settings.redisUrl);
const host = new URL(settings.publicUrl).host;

async function openTalk(ports: readonly number[], who: readonly Person[]) {
  const child = fork(join(import.meta.dirname, 'talking.ts'));
  // Whatever we wait for from it will never come.
  child.once('exit', (code) => code !== null && code !== 0 && process.exit(1));
  await once(child, 'message');
  const ask = async <Answer = Measured>(order: Order): Promise<Answer> => {
    child.send(order);
    const [answer] = (await once(child, 'message')) as [Answer];
    return answer;
  };
  await ask({ do: 'open', ports: [...ports], people: [...who] });
  return { ask, end: () => void child.kill('SIGKILL') };
}

/** Everybody's bucket is full again. */
async function refill(): Promise<void> {
  const keys = await redis.keys('bucket:*');
  if (keys.length > 0) await redis.del(...keys);
}

await startPinned(null, ['dist/worker.js'], env);
const site = await startPinned(null, ['dist/main.js'], env);
const two = await startPinned(null, ['dist/main.js'], { ...env, WEB_CONCURRENCY: '2' });
const relay = await startPinned(null, ['--import', 'tsx', 'bench/chat/relay.ts'], { NODE_ENV: 'production' });
for (const { port } of [site, two]) await answering(port, '/health/ready', host);
await answering(relay.port, '/', host);

const kinds = {
  'one process': await openTalk([site.port], people),
  'two processes': await openTalk([two.port], people),
  'bare relay': await openTalk(
    [relay.port],
    people.map(({ username }) => ({ username, cookie: username })),
  ),
};
type Kind = keyof typeof kinds;

interface Delivered {
  kind: Kind;
  rate: number;
  arrived: number;
  p50: number;
  p95: number;
  p99: number;
}
const delivered: Delivered[] = [];
for (const rate of chatSettings.rates)
  for (const kind of Object.keys(kinds) as Kind[]) {
    await refill();
    const { sent, ms } = await kinds[kind].ask({ do: 'rate', rate, seconds: chatSettings.seconds });
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(ms, share)) as [number, number, number];
    delivered.push({ kind, rate, arrived: ms.length / sent, p50, p95, p99 });
  }

const saturated: Record<string, number[]> = {};
for (let round = 0; round < chatSettings.rounds; round++) {
  for (const kind of Object.keys(kinds) as Kind[]) {
    await refill();
    const { ms } = await kinds[kind].ask({ do: 'saturate', seconds: chatSettings.saturatedFor });
    (saturated[kind] ??= []).push(ms.length / chatSettings.saturatedFor);
  }
  (saturated['bare INSERT'] ??= []).push(await insertRate(chatSettings.saturatedFor));
}
for (const { end } of Object.values(kinds)) end();
// Fresh processes: what the load left in those before would be weighed as well.
const rested = await startPinned(null, ['dist/main.js'], env);
const restedRelay = await startPinned(null, ['--import', 'tsx', 'bench/chat/relay.ts'], {
  NODE_ENV: 'production',
});
await answering(rested.port, '/health/ready', host);
await answering(restedRelay.port, '/', host);
const idle = await idleSockets({ ours: rested, bare: restedRelay }, people, openTalk);
const pages = await pageTimes(site.port, people);

const one = (value: number): string => value.toFixed(1);
console.log('\nFrom sending until the other has it, in milliseconds:\n');
console.log(
  table([
    ['', 'a second', 'arrived', 'p50', 'p95', 'p99'],
    ...delivered.map(({ kind, rate, arrived, p50, p95, p99 }) => [
      kind,
      String(rate),
      `${(arrived * 100).toFixed(1)} %`,
      ...[p50, p95, p99].map(one),
    ]),
  ]),
);
console.log(`\nAs many as go, of ${chatSettings.rounds} rounds (median), a second:\n`);
console.log(
  table([
    ['', 'a second'],
    ...Object.entries(saturated).map(([kind, rates]) => [kind, median(rates).toFixed(0)]),
  ]),
);
console.log(
  `\n${chatSettings.idle} idle sockets weigh ${one(idle.ours)} KB each, bare ones ${one(idle.bare)} KB; ${chatSettings.comingBack} that come back at once are served in ${one(idle.back)} s, bare ones in ${one(idle.bareBack)} s.`,
);
console.log('\nPages, in milliseconds:\n');
console.log(table([['', 'p50', 'p99'], ...pages.map(({ what, p50, p99 }) => [what, one(p50), one(p99)])]));

const at = (kind: Kind, rate: number) =>
  delivered.find((found) => found.kind === kind && found.rate === rate)!;
const rateOf = (kind: string) => median(saturated[kind]!);
const slower = Math.min(rateOf('bare relay'), rateOf('bare INSERT'));
const compared = [
  {
    what: 'delivery at 2,000 a second',
    limit: 'bare relay, p99',
    ratio: at('bare relay', 2_000).p99 / at('one process', 2_000).p99,
  },
  {
    what: 'messages, as many as go',
    limit: 'the slower of bare relay and bare INSERT',
    ratio: rateOf('one process') / slower,
  },
  { what: 'an idle socket', limit: 'a bare one and 14 KB', ratio: (idle.bare + 14) / idle.ours },
  { what: '2,000 that come back at once', limit: '10 s', ratio: 10 / idle.back },
].map((found) => ({ ...found, goal: goalOf(found.what, found.limit) }));
console.log(
  `\n${table([['', 'beside', 'ratio', 'goal'], ...compared.map(({ what, limit, ratio, goal }) => [what, limit, ratio.toFixed(2), goal === null ? '' : `≥ ${goal}`])])}`,
);
writeResults('chat', { delivered, saturated, idle, pages, results: compared });
process.exit(0);
