import { existsSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { dataOwner } from '../accounts/account.mjs';
import { makeFolder, removeFolder } from '../accounts/reach.mjs';
import { describe, end, isSame, serversIn } from '../processes/pids.mjs';
import { Stop, warn } from '../say.mjs';
import { redisProgram, repairAppendOnly } from './redis-binary.mjs';
import { keptPassword } from './secrets.mjs';
import { lockFolder, spawnServer, startServer } from './server.mjs';

const isRedis = /^(redis|valkey)-server/;
const asks = [['SIGTERM', 8_000]];

/** One question without a client library: this must work before anything is installed. */
export function ping(port, password) {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    let answer = '';
    const finish = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
    socket.once('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (chunk) => {
      answer += chunk;
      if (answer.includes('+PONG')) finish(true);
      else if (answer.includes('-')) finish(false); // Still loading its data, or somebody else's server.
    });
  });
}

/** Given on standard input, so that the password stands in no process list. Queues lose jobs under any other policy than noeviction. */
function configuration({ port, password, dir, throwaway, cluster }) {
  return `
bind 127.0.0.1
port ${port}
requirepass ${password}
dir ${JSON.stringify(dir)}
daemonize no
save ""
appendonly ${throwaway ? 'no' : 'yes'}
appendfsync everysec
aof-load-truncated yes
maxmemory-policy noeviction
databases ${throwaway ? 256 : 16}
cluster-enabled ${cluster ? 'yes' : 'no'}
`;
}

/** Ends what an earlier run left: by its folder where the system tells, else by what was written down. */
async function clearRedis(dir, note) {
  const left = new Set(serversIn(dir, isRedis));
  try {
    const known = JSON.parse(readFileSync(note, 'utf8'));
    if (isSame(known) && known.dir === dir) left.add(known.pid); // A copied folder has its original's note.
  } catch {
    // No note, or half of one.
  }
  try {
    for (const pid of left) await end(pid, asks);
  } catch (error) {
    if (error.code !== 'EPERM') throw error;
    throw new Stop(
      `A Redis of an earlier run by another user still works in ${dir} (process ${[...left].join(', ')}).`,
    );
  }
}

/** A log damaged beyond its last entry: repaired up to the damage; when even that fails, put aside, never deleted. */
function mendAppendOnly(program, dir, attempt) {
  const folder = path.join(dir, 'appendonlydir');
  if (!existsSync(folder)) return false;
  if (attempt === 1) {
    repairAppendOnly(program, path.join(folder, 'appendonly.aof.manifest'));
    warn(`  Redis could not read all of its data in ${folder}: repaired up to the damage`);
  } else {
    renameSync(folder, `${folder}.damaged-${process.pid}`);
    warn(`  Redis could not read its data: put aside as ${folder}.damaged-${process.pid}`);
  }
  return true;
}

/**
 * Starts a Redis of our own on loopback with a password; what an earlier run left in the folder is cleared first.
 * @param {object} options
 * @param {string} options.dir absolute; kept after `stop()`
 * @param {number} [options.port] a free one is chosen without
 * @param {boolean} [options.throwaway] for tests: nothing is written to disk
 * @param {boolean} [options.cluster] for tests: a node of a Redis Cluster, without slots
 * @param {AbortSignal} [options.signal]
 */
export async function startRedis({ dir, port, throwaway = false, cluster = false, signal }) {
  const program = await redisProgram({ signal });
  const account = dataOwner();
  makeFolder(dir, account);
  const unlock = lockFolder(dir);
  try {
    const real = realpathSync(dir);
    const note = `${dir}.json`;
    const log = `${dir}.log`;
    await clearRedis(real, note);
    const { password } = keptPassword(`${dir}.password`);
    const start = () =>
      startServer({
        name: 'Redis',
        port,
        log,
        patience: 60_000,
        passing: /Address already in use/,
        spawn: (on) => {
          const input = configuration({ port: on, password, dir: real, throwaway, cluster });
          const server = spawnServer(program, ['-'], { account, log, input });
          writeFileSync(note, JSON.stringify({ ...describe(server.child.pid), dir: real }));
          return server;
        },
        isReady: (on) => ping(on, password),
      });
    let server;
    for (let attempt = 1; !server; attempt += 1) {
      try {
        server = await start();
      } catch (error) {
        const damaged = /append only file|AOF|appendonly/i.test(error.message);
        if (!damaged || attempt > 2 || !mendAppendOnly(program, real, attempt)) throw error;
      }
    }
    return running({ ...server, dir, password, unlock });
  } catch (error) {
    unlock();
    throw error;
  }
}

function running({ port, child, exited, dir, password, unlock }) {
  const { pid } = child;
  void exited.then(unlock);
  const stopBy = async (ways) => {
    await end(pid, ways);
    await exited;
  };
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    port,
    pid,
    exited,
    stop: () => stopBy(asks),
    /** What a power cut does. */
    kill: () => stopBy([]),
    remove: () => {
      removeFolder(dir);
      for (const suffix of ['.log', '.password', '.json', '.lock'])
        rmSync(`${dir}${suffix}`, { force: true });
    },
  };
}
