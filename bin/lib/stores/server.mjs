import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from '../processes/lock.mjs';
import { freePort } from '../processes/ports.mjs';
import { Stop } from '../say.mjs';

/** A log file that does not grow for ever: begun anew when it is large. */
export function openLog(file) {
  const large = (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 5_000_000;
  return openSync(file, large ? 'w' : 'a', 0o600);
}

/** What a server wrote since a moment, for a failure's message. */
export function logSince(file, size) {
  return readFileSync(file).subarray(size).toString('utf8').trim();
}

/** One server at a time on one data folder, however its path is spelt. */
export function lockFolder(dir) {
  const release = tryLock(`${realpathSync(dir)}.lock`);
  if (!release) throw new Stop(`${dir} is in use by another run of ChatLink.`);
  return release;
}

/**
 * Spawns a server in its own process group, so that Ctrl-C in a terminal reaches only us and the site can finish
 * its work on a store that is still there. The environment is a small one of our own: no PG* variable, odd locale
 * or library path of the person's shell gets in.
 */
export function spawnServer(command, args, { account, log, input, cwd = '/' }) {
  const fd = openLog(log);
  const child = spawn(command, args, {
    cwd,
    detached: true,
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' },
    stdio: [input === undefined ? 'ignore' : 'pipe', fd, fd],
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  });
  closeSync(fd);
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  child.stdin?.on('error', () => {}); // It exited before reading; its exit tells more.
  child.stdin?.end(input);
  return { child, exited };
}

/**
 * Starts a server until it is ready, on another port when somebody took ours between choosing and listening.
 * @param {object} how
 * @param {number} [how.port] fixed; without one a free port is chosen at each try
 * @param {string} how.log
 * @param {(port: number) => { child: import('node:child_process').ChildProcess, exited: Promise<unknown> }} how.spawn
 * @param {(port: number, pid: number) => Promise<boolean> | boolean} how.isReady
 * @param {RegExp} how.passing what in the log makes another try worthwhile
 */
export async function startServer({ name, port: fixed, log, spawn: spawnOn, isReady, passing, patience }) {
  for (let tries = 1; ; tries += 1) {
    const port = fixed ?? (await freePort());
    const before = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    const { child, exited } = spawnOn(port);
    let over = false;
    void exited.then(() => (over = true));
    const deadline = performance.now() + patience;
    while (!over) {
      if (await isReady(port, child.pid)) return { port, child, exited };
      if (performance.now() > deadline) child.kill('SIGKILL');
      await sleep(15);
    }
    const said = logSince(log, before);
    if (tries < 10 && passing.test(said)) await sleep(300);
    else
      throw new Stop(
        `${name} did not start. Its log (${log}) ends:\n${said.split('\n').slice(-12).join('\n')}`,
      );
  }
}
