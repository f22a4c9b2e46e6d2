import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { data, root } from '../paths.mjs';
import { holder, tryLock } from '../processes/lock.mjs';
import { describe, end, isSame } from '../processes/pids.mjs';
import { Stop } from '../say.mjs';

/**
 * @typedef {object} Run what a running site is, for other commands of this checkout and for the next run
 * @property {string} root the checkout
 * @property {{ pid: number, identity: string }} owner the command that started it
 * @property {{ pid: number, identity: string }} [web]
 * @property {string} [url] where people find it
 * @property {string} [databaseUrl]
 * @property {string} [ownerUrl] of the same database, for migrations
 * @property {string} [redisUrl]
 */

function file() {
  return data('run.json');
}
function lockFile() {
  return data('run.lock');
}

/** @returns {Run | undefined} */
function read() {
  try {
    const run = JSON.parse(readFileSync(file(), 'utf8'));
    return run.root === root ? run : undefined; // A copied checkout has its original's.
  } catch {
    return undefined;
  }
}

/** The site that runs from this checkout now. */
export function runningSite() {
  const run = read();
  return run && isSame(run.owner) ? run : undefined;
}

/** Holds passwords: for its owner's eyes only, and replaced whole, so that nobody reads half of it. */
export function writeRun(run) {
  const draft = `${file()}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ root, owner: describe(process.pid), ...run }), { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file());
}

/** A site whose command was killed may still serve: it is asked to finish, before its stores are taken over. */
async function endLeftSite() {
  const run = read();
  if (!run?.web || isSame(run.owner) || !isSame(run.web)) return;
  try {
    await end(run.web.pid, [['SIGTERM', 12_000]]);
  } catch (error) {
    if (error.code !== 'EPERM') throw error;
    throw new Stop(`The site of an earlier run by another user still works (process ${run.web.pid}).`);
  }
}

/**
 * One site per checkout. Returns how to let go of it.
 * @throws {Stop} another one runs
 */
export async function claimCheckout() {
  const release = tryLock(lockFile());
  if (!release) {
    const url = runningSite()?.url;
    const where = url ? `at ${url}` : 'and is still starting';
    throw new Stop(
      `ChatLink is running already from this folder, ${where} (process ${holder(lockFile())?.pid}).`,
    );
  }
  try {
    await endLeftSite();
    rmSync(file(), { force: true });
  } catch (error) {
    release();
    throw error;
  }
  return () => {
    rmSync(file(), { force: true });
    release();
  };
}
