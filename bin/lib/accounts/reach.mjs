import { createHash } from 'node:crypto';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { renameSync, rmdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { canUse, give, serverAccount } from './account.mjs';
import { dataDir, root } from '../paths.mjs';
import { copyBinaries, installedBinaries } from './pg-binaries.mjs';

function short(text, length) {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/** Where data and programs live when the checkout lies in a closed home: one folder per checkout. */
const outside = path.join('/var/lib/chatlink', short(root, 16));

function outsideHome() {
  mkdirSync(outside, { recursive: true, mode: 0o755 });
  return outside;
}

/** Moves a folder to where the account can reach it, with what is in it, and leaves a link in its place. */
function moveOutside(dir) {
  const real = path.join(outsideHome(), `${path.basename(dir)}-${short(dir, 8)}`);
  if (readdirSync(dir).length > 0) {
    if (existsSync(real)) renameSync(real, `${real}.before-${process.pid}`);
    cpSync(dir, real, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    rmSync(dir, { recursive: true });
  } else {
    mkdirSync(real, { recursive: true, mode: 0o700 });
    rmdirSync(dir);
  }
  symlinkSync(real, dir);
}

/** Makes a folder, or finds it. A link whose target was removed would make mkdir fail with a riddle. */
export function makeFolder(dir, account) {
  if (lstatSync(dir, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(dir)) rmSync(dir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (account) give(realpathSync(dir), account);
}

/**
 * Makes a data folder and finds the programs, both usable by the account that runs Postgres.
 * @param {string} dir absolute
 * @returns {{ native: string, account: import('./account.mjs').Account | undefined }}
 */
export function prepareFolder(dir) {
  const account = serverAccount();
  makeFolder(dir, account);
  if (!account) return { native: ownBinaries(), account };

  if (!canUse(account, realpathSync(dir))) {
    moveOutside(dir);
    give(realpathSync(dir), account);
  }
  const installed = installedBinaries();
  const native = canUse(account, path.join(installed, 'bin'), ['r', 'x'])
    ? installed
    : copyBinaries(outsideHome());
  return { native, account };
}

/** Somebody else may have installed: what must be changed in the package is then changed in a copy. */
function ownBinaries() {
  try {
    return installedBinaries();
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    return copyBinaries(dataDir);
  }
}

/** Removes a data folder, its real place included. */
export function removeFolder(dir) {
  const stat = lstatSync(dir, { throwIfNoEntry: false });
  if (stat?.isSymbolicLink() && existsSync(dir)) rmSync(realpathSync(dir), { recursive: true, force: true });
  rmSync(dir, { recursive: true, force: true });
}
