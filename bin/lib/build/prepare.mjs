import { existsSync, readFileSync, rmSync } from 'node:fs';
import { checkoutOwner, dataOwner, give } from '../accounts/account.mjs';
import { at, closeDataDir, data, dataDir } from '../paths.mjs';
import { withLock } from '../processes/lock.mjs';
import { nodeTool, toolEnvironment } from '../processes/tool.mjs';
import { say, step, Stop } from '../say.mjs';
import { install, isInstalled } from './install.mjs';
import { filesIn, fingerprint, isStamped, putStamp } from './stamps.mjs';

const generated = 'src/platform/generated/prisma';

/** Prisma's generator only looks whether its engine exists and never calls it: Node stands in, nothing is downloaded. */
async function generate(signal) {
  const version = JSON.parse(readFileSync(at('node_modules/prisma/package.json'), 'utf8')).version;
  const print = fingerprint(['prisma/schema', 'prisma.config.ts'], version);
  const stamp = `${generated}/.stamp`;
  if (isStamped(stamp, print)) return 'database client is up to date';
  await nodeTool(at('node_modules/prisma/build/index.js'), ['generate'], {
    env: toolEnvironment({ PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }),
    signal,
    what: 'The database client could not be generated',
  });
  putStamp(stamp, print);
  return 'generated the database client';
}

/** The types of the words in `locales`. */
async function typeWords() {
  const print = fingerprint(['locales/en', 'bin/lib/build/words.mjs', 'package-lock.json']);
  const stamp = 'src/kernel/generated/.stamp';
  if (isStamped(stamp, print)) return 'words are up to date';
  const { writeCatalogueTypes } = await import('./words.mjs');
  await writeCatalogueTypes(at()).catch((error) => {
    throw new Stop(`The words could not be read: ${error.message}`);
  });
  putStamp(stamp, print);
  return 'read the words';
}

/** What is no compiled source: what browsers fetch, and stamps. */
const notCompiled = /^dist\/(public\/|assets\.json$)|\.stamp$/;

/** Files of dist whose source is gone would still be found by an import. */
function removeStale() {
  const sources = new Set(filesIn('src').map((file) => file.replace(/^src/, 'dist').replace(/\.ts$/, '')));
  for (const file of filesIn('dist')) {
    const name = file.replace(/\.(js|d\.ts)(\.map)?$/, '');
    if (!notCompiled.test(file) && !sources.has(name)) rmSync(at(file));
  }
}

async function compile(signal) {
  const print = fingerprint(['src', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']);
  if (isStamped('dist/.stamp', print) && existsSync(at('dist/main.js'))) return 'build is up to date';
  rmSync(at('dist/.stamp'), { force: true });
  await nodeTool(at('node_modules/typescript/bin/tsc'), ['-p', 'tsconfig.build.json', '--noEmitOnError'], {
    signal,
    what: 'The sources do not compile',
  });
  removeStale();
  putStamp('dist/.stamp', print);
  return 'built';
}

/** Styles, scripts and pictures, as the site serves them. */
async function bundle() {
  const print = fingerprint(['public', 'src', 'bin/lib/build/assets.mjs', 'package-lock.json']);
  const stamp = 'dist/assets.stamp';
  if (isStamped(stamp, print)) return 'static files are up to date';
  // Found only once the dependencies are installed.
  const { buildAssets } = await import('./assets.mjs');
  await buildAssets(at()).catch((error) => {
    throw new Stop(`The static files could not be built: ${error.message}`);
  });
  putStamp(stamp, print);
  return 'built the static files';
}

/**
 * Makes the checkout ready to run: dependencies, database client, static files and, when wanted, the build. One process at a time:
 * `npm start` and `npm test` may be called together on a fresh clone.
 * @param {{ build: boolean, signal?: AbortSignal }} options
 */
export async function prepare({ build, signal }) {
  closeDataDir();
  const waiting = () => say('  another run prepares this checkout: waiting for it');
  await withLock(
    data('prepare.lock'),
    async () => {
      await step('dependencies', async () => {
        if (isInstalled()) return 'dependencies are up to date';
        await install(signal);
        return 'installed the dependencies';
      });
      await step('database client', () => generate(signal));
      await step('words', typeWords);
      if (build) await step('build', () => compile(signal));
      await step('static files', bundle);
      handOver();
    },
    waiting,
  );
}

/** What root made in somebody's checkout becomes theirs, so that they can go on without root. */
export function handOver() {
  const [owner, keeper] = [checkoutOwner(), dataOwner()];
  if (keeper) give(dataDir, keeper);
  if (owner)
    for (const place of ['node_modules', 'dist', 'src/platform/generated', 'src/kernel/generated'])
      give(at(place), owner);
}
