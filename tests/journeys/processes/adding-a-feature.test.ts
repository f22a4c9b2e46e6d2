import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRedis } from '../../../bin/lib/stores/servers.mjs';
import { carryOut, copyCheckout, filesOf, type Run, runIn, stepsOf } from '../../support/adding.ts';
import { newFolder } from '../../support/restartable.ts';
import { createTestStores } from '../../support/stores.ts';

const root = join(import.meta.dirname, '../../..');
const steps = stepsOf(readFileSync(join(root, 'docs/adding-a-feature.md'), 'utf8'));
const stores = await createTestStores();
const redis = await startRedis({ dir: newFolder('redis'), throwaway: true });
// The linter passes by whatever lies in .data.
const copy = mkdtempSync(join(tmpdir(), 'chatlink-adding-'));

/** What the commands of the page said, by their line. */
const said = new Map<string, string>();
let run: Run;

/** The tests that meet the new feature: other cases of their files say nothing of it. */
const meetingIt = [
  'greeting',
  'every (route|form|feature|page of the catalogue|import line|word|entry)',
  'catalogues are of features',
  'the house keeps its own rules',
  'house.ts lists the features',
  'names say most of it',
  'holds everything that any table has',
  'nothing is left anywhere',
  'templates name entries',
  'the migrations make',
  'no table is without',
  'of every table',
  'every table is somebody',
  'made by hand',
].join('|');

async function command(line: string): Promise<void> {
  const [npm, verb = '', ...rest] = line.split(' ');
  if (npm !== 'npm') throw new Error(`not one of ours: ${line}`);
  if (verb === 'test') {
    const options = ['--maxWorkers=1', '--workerIdleMemoryLimit=2GB', '--passWithNoTests=false'];
    const projects = ['--selectProjects', 'unit', 'stores', 'journeys', '--testNamePattern', meetingIt];
    const jest = await run('node_modules/jest/bin/jest.js', [...options, ...projects, ...rest.slice(1)]);
    said.set(line, jest);
    return;
  }
  const { scripts } = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [name = '', ...given] = rest.filter((word) => word !== '--');
  const [, program = '', args = ''] = /^(?:exec )?(?:node )?(\S+) ?(.*)$/.exec(scripts[name] ?? '')!;
  const script = program.endsWith('.mjs') ? program : `node_modules/.bin/${program}`;
  said.set(line, await run(script, [...args.split(' ').filter(Boolean), ...given]));
}

beforeAll(async () => {
  copyCheckout(root, copy);
  run = runIn(copy, {
    DATABASE_URL: stores.databaseUrl,
    MIGRATE_DATABASE_URL: stores.ownerUrl,
    TEST_DATABASE_URL: stores.databaseUrl,
    TEST_OWNER_DATABASE_URL: stores.ownerUrl,
    TEST_REDIS_URL: redis.url,
    TEST_DATA_DIR: process.env.TEST_DATA_DIR ?? '',
    TEST_WORKERS: '1',
    NODE_ENV: 'test',
  });
  for (const step of steps) await carryOut(step, copy, command);
  // A minute where nothing else runs.
}, 600_000);
afterAll(async () => {
  rmSync(copy, { recursive: true, force: true });
  await redis.stop();
  await stores.drop();
});

test('the page has steps of every kind', () => {
  const kinds = steps.map(({ kind }) => kind);
  expect(new Set(kinds)).toEqual(new Set(['write', 'append', 'change', 'run']));
  expect(steps.filter(({ path }) => path.startsWith('src/features/greetings/')).length).toBeGreaterThan(5);
});

test('a feature is its folder, its mirrors, one line of the house and one on the map', () => {
  const [before, after] = [filesOf(root), filesOf(copy)];
  const added = [...after.keys()].filter((path) => !before.has(path));
  expect(added.filter((path) => !/greetings?(\.|\/)/.test(path))).toEqual([]);
  const gone = [...before.keys()].filter((path) => !after.has(path));
  expect(gone).toEqual([]);

  const touched = [...after].filter(([path, text]) => before.has(path) && before.get(path) !== text);
  const lines = touched.map(([path, text]) => {
    const old = new Set(before.get(path)!.split('\n'));
    return [path, text.split('\n').filter((line) => !old.has(line)).length];
  });
  // The line of the house needs its import.
  expect(Object.fromEntries(lines)).toEqual({ 'docs/architecture.md': 1, 'src/house.ts': 2 });
});

test('npm run routes lists its pages and acts', () => {
  const table = said.get('npm run routes')!;
  for (const route of [
    'GET +/greeting',
    'POST +/greeting',
    'GET +/api/v1/greeting',
    'POST +/api/v1/greeting',
  ])
    expect(table).toMatch(new RegExp(`^${route} +member +greetings$`, 'm'));
});

test('its own tests pass, and those that walk the whole site', () => {
  const [line = ''] = [...said.keys()].filter((one) => one.startsWith('npm test'));
  const files = [...said.get(line)!.matchAll(/^PASS \w+ (\S+)/gm)].map(([, file]) => file!);
  for (const pattern of line.split(' ').slice(3))
    expect([pattern, files.some((file) => file.startsWith(pattern))]).toEqual([pattern, true]);
});
