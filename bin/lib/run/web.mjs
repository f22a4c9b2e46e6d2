import { spawn } from 'node:child_process';
import http from 'node:http';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../paths.mjs';
import { end } from '../processes/pids.mjs';
import { answers, isFree } from '../processes/ports.mjs';
import { Stop } from '../say.mjs';

/** The site drains for up to 10 s; who is still there after this is killed. */
const drain = 12_000;
const readyWithin = 60_000;

/** The port and address of the site, from the environment. */
export function address(env = process.env) {
  const given = env.PORT?.trim() || '3000';
  const port = Number(given);
  if (!/^\d+$/.test(given) || port < 1 || port > 65_535)
    throw new Stop(`PORT is ${given}: it must be a number from 1 to 65535.`);
  return { port, url: env.PUBLIC_URL?.trim() || `http://localhost:${port}` };
}

/** Before anything is started or changed: a site that cannot listen is no site. */
export async function demandPort(port) {
  let free;
  try {
    free = (await isFree(port)) && !(await answers(port));
  } catch (error) {
    throw new Stop(`Port ${port} cannot be used: ${error.message}. Set PORT to another one.`);
  }
  if (!free)
    throw new Stop(
      `Port ${port} is in use by another program. Stop it, or set PORT to another one: PORT=${port + 1} npm start`,
    );
}

/**
 * What the site is started with: our environment and the stores, less the address by which tables are changed. Argon2 fills
 * libuv's threads: one per core.
 */
export function siteEnvironment({ databaseUrl, redisUrl }) {
  const { MIGRATE_DATABASE_URL: _ownerUrl, ...env } = process.env;
  return {
    UV_THREADPOOL_SIZE: String(availableParallelism()),
    ...env,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
  };
}

/**
 * Starts a process of the site in its own process group: it hears of the end from us, once, however the end came.
 * @param {string[]} args for Node
 * @param {NodeJS.ProcessEnv} env
 */
export function startProcess(args, env) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  let code;
  const exited = new Promise((resolve) => {
    child.once('error', () => resolve((code = 1)));
    child.once('exit', (exitCode, signal) => resolve((code = signal ? 1 : exitCode)));
  });
  return {
    pid: child.pid,
    exited,
    get exitCode() {
      return code;
    },
    async stop() {
      if (code === undefined) await end(child.pid, [['SIGTERM', drain]]);
      return exited;
    },
  };
}

/** One question on loopback. @returns {Promise<number | undefined>} the status */
function ask(port, path) {
  return new Promise((resolve) => {
    const request = http.get({ port, path, host: '127.0.0.1', timeout: 2_000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(undefined));
  });
}

/**
 * Waits until the site says that it is ready. False: the process ended first.
 * @throws {Stop} it lives, but is not ready for a long time
 */
export async function untilReady(site, port, signal) {
  const deadline = performance.now() + readyWithin;
  for (;;) {
    if (site.exitCode !== undefined || signal.aborted) return false;
    const status = await ask(port, '/health/ready');
    if (status === 200 && site.exitCode === undefined) return true;
    if (performance.now() > deadline) {
      const said = status === undefined ? 'no answer' : `answer ${status}`;
      throw new Stop(`The site is not ready after ${readyWithin / 1000} s (/health/ready: ${said}).`);
    }
    await sleep(40);
  }
}
