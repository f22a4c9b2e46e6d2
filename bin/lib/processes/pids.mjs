import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const linux = process.platform === 'linux';

/** True while the process exists, whoever owns it. A zombie nobody has collected yet counts as gone. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return !linux || stat(pid)?.state !== 'Z';
}

/** The kernel's line about a process. The command may hold spaces and brackets, so fields count from its last one. */
function stat(pid) {
  try {
    const [state, ...rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return { state, started: rest[18] };
  } catch {
    return undefined;
  }
}

/**
 * What tells a process from a later one with the same number: when it started. Undefined: there is no such process.
 * @param {number} pid
 */
export function identify(pid) {
  if (!isAlive(pid)) return undefined;
  if (linux) {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim().slice(0, 8);
    return `${boot}-${stat(pid)?.started}`;
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** A process as it is written into a file, to be recognised later. */
export function describe(pid) {
  return { pid, identity: identify(pid) };
}

/** Whether a process written down earlier is still that one. */
export function isSame(known) {
  return (
    Number.isInteger(known?.pid) && known.identity !== undefined && identify(known.pid) === known.identity
  );
}

/** The program and arguments of a process, or '' when it is gone. */
export function commandOf(pid) {
  try {
    if (linux) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/**
 * Processes of a given name that work in a folder: both stores change into their data folder, and nobody else's
 * server does. Linux only; elsewhere the pid files must do.
 */
export function serversIn(dir, name) {
  if (!linux) return [];
  let real;
  try {
    real = realpathSync(dir);
  } catch {
    return [];
  }
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        return (
          readlinkSync(`/proc/${pid}/cwd`) === real &&
          name.test(readFileSync(`/proc/${pid}/comm`, 'utf8').trim())
        );
      } catch {
        return false;
      }
    });
}

/** Waits until the process is gone. False: still there when the time was over. */
export async function gone(pid, ms) {
  const end = performance.now() + ms;
  while (isAlive(pid)) {
    if (performance.now() > end) return false;
    await sleep(20);
  }
  return true;
}

export function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Asks first, then insists. `asks`: [signal, ms to wait] in order; SIGKILL is the last word. */
export async function end(pid, asks) {
  for (const [name, ms] of asks) {
    signal(pid, name);
    if (await gone(pid, ms)) return;
  }
  signal(pid, 'SIGKILL');
  await gone(pid, 5_000);
}

/** Ends a whole process group at once: workers of a Jest that died, browsers of a worker that died. */
export function endGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // All gone, as it should be.
  }
}
