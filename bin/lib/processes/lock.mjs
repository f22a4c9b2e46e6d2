import { linkSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe as describeProcess, isSame as isSameProcess } from './pids.mjs';

/** With the lock's own place: a copied folder copies its locks, and its original's processes hold none of them. */
function describe(file) {
  return { ...describeProcess(process.pid), file: placeOf(file) };
}
function placeOf(file) {
  return path.join(realpathSync(path.dirname(file)), path.basename(file));
}
function isHeld(file, found) {
  return isSameProcess(found) && found.file === placeOf(file);
}

/** Reads who holds a lock file. Undefined: nobody. Unreadable (a power cut leaves such): nobody we know. */
export function holder(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return error.code === 'ENOENT' ? undefined : {};
  }
}

/** `link` fails when the name exists and shows the file only with its content: nobody ever reads half a lock. */
function claim(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(describe(file)));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a dead holder's lock; one that was taken anew while we looked is put back. */
function sweep(file) {
  const found = holder(file);
  if (!found || isHeld(file, found)) return;
  const tomb = `${file}.tomb`;
  renameSync(file, tomb);
  if (isHeld(file, holder(tomb))) linkSync(tomb, file);
  rmSync(tomb, { force: true });
}

/**
 * Takes a lock that dies with its process, `kill -9` included. Returns how to let it go, or undefined when a living
 * process holds it. A dead holder's lock is removed under a second lock, so that of two who find it only one does.
 */
export function tryLock(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  for (let tries = 0; tries < 50; tries += 1) {
    if (claim(file)) return () => rmSync(file, { force: true });
    if (isHeld(file, holder(file))) return undefined;
    const broom = `${file}.broom`;
    if (claim(broom)) {
      sweep(file);
      rmSync(broom, { force: true });
    } else if (!isHeld(broom, holder(broom))) {
      rmSync(broom, { force: true });
    }
  }
  return undefined;
}

/** Waits for the lock, runs the work, lets go. `onWait` is called once when somebody else has it. */
export async function withLock(file, work, onWait = () => {}) {
  let release = tryLock(file);
  if (!release) onWait();
  while (!release) {
    await sleep(100);
    release = tryLock(file);
  }
  try {
    return await work();
  } finally {
    release();
  }
}
