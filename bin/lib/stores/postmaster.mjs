import { readFileSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { commandOf, end, gone, isAlive, serversIn } from '../processes/pids.mjs';
import { Stop } from '../say.mjs';

/**
 * Reads a postmaster.pid: pid, data folder, start time, port, socket folder, address, shared memory, state; a line each.
 * Undefined when it is not one (a full disk leaves an empty file).
 * @param {string} text
 */
export function parsePostmasterPid(text) {
  const [pid = '', dir = '', , port = '', , , , state = ''] = text.split('\n').map((line) => line.trim());
  if (!/^\d+$/.test(pid) || Number(pid) < 1) return undefined;
  return { pid: Number(pid), dir, port: Number(port) || undefined, ready: state === 'ready' };
}

/**
 * Whose process a postmaster.pid names. Its number alone proves nothing: after a crash an unrelated process may have
 * it, and Postgres would refuse to start because of it for ever.
 * @param {{ pid: number, dir: string } | undefined} found
 * @param {string} dir the data folder, links resolved
 * @param {{ alive: boolean, command: string, inFolder: boolean }} process
 * @returns {'none' | 'stale' | 'running'}
 */
export function judgePostmaster(found, dir, { alive, command, inFolder }) {
  if (!found) return 'none';
  if (!alive) return 'stale';
  const isPostgres = /(^|\/)postgres(\s|:|$)/.test(command.split(' -D ')[0]);
  return isPostgres && (inFolder || command.includes(dir)) ? 'running' : 'stale';
}

const isPostgres = /^postgres$/;

export function readPostmaster(dir) {
  try {
    return parsePostmasterPid(readFileSync(path.join(dir, 'postmaster.pid'), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Ends what an earlier run left in a data folder: a server nobody stopped, the children of one that was killed. */
export async function clearPostgres(dir) {
  const real = realpathSync(dir);
  const found = readPostmaster(dir);
  const verdict = judgePostmaster(found, real, {
    alive: found ? isAlive(found.pid) : false,
    command: found ? commandOf(found.pid) : '',
    inFolder: found ? serversIn(real, isPostgres).includes(found.pid) : false,
  });
  try {
    if (verdict === 'running') {
      await end(found.pid, [
        ['SIGINT', 8_000],
        ['SIGQUIT', 2_000],
      ]);
    }
    // Children notice by themselves that their parent is gone, except in the middle of a long query.
    for (const pid of serversIn(real, isPostgres)) if (!(await gone(pid, 500))) await end(pid, []);
  } catch (error) {
    if (error.code !== 'EPERM') throw error;
    throw new Stop(
      `A Postgres of an earlier run by another user still works in ${dir} (process ${found?.pid}).`,
    );
  }
  rmSync(path.join(dir, 'postmaster.pid'), { force: true });
  return verdict === 'running';
}
