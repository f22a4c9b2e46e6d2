import { execFile, spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { rootPrefix } from './account.mjs';
import { say, Stop } from './say.mjs';

const execFileAsync = promisify(execFile);

/** Where system packages put servers; not every person's PATH has them all. */
const usualFolders = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/** @param {string[]} names @param {string} [searchPath] */
export function findProgram(names, searchPath = process.env.PATH ?? '', more = []) {
  for (const name of names) {
    for (const folder of [...searchPath.split(path.delimiter), ...more]) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        if (folder && statSync(file).isFile()) return file;
      } catch {
        // Not here.
      }
    }
  }
  return undefined;
}

const findRedis = (more) => findProgram(['redis-server', 'valkey-server'], process.env.PATH, more);

/** The first package manager that is here, with its commands. Debian starts what it installs: that is prevented. */
function packageManager() {
  const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get'];
  const ways = [
    [
      'apt-get',
      'apt-get',
      [
        [...apt, 'update', '-q'],
        [...apt, 'install', '-y', '-q', '--no-install-recommends', 'redis-server'],
      ],
    ],
    ['apk', 'apk', [['apk', 'add', '--no-cache', 'redis']]],
    [
      'dnf',
      'dnf',
      [
        ['dnf', 'install', '-y', 'redis'],
        ['dnf', 'install', '-y', 'valkey'],
      ],
    ],
  ];
  for (const [program, name, commands] of ways) {
    if (findProgram([program])) {
      const prefix = rootPrefix();
      return prefix && { name, prefix, commands, anyOf: program === 'dnf' };
    }
  }
  // Homebrew refuses root and asks nobody.
  if (findProgram(['brew']) && process.getuid?.() !== 0) {
    return { name: 'Homebrew', prefix: [], commands: [['brew', 'install', 'redis']], anyOf: false };
  }
  return undefined;
}

async function install({ name, prefix, commands, anyOf }, signal) {
  let failure = '';
  for (const command of commands) {
    const [program, ...args] = [...prefix, ...command];
    try {
      await execFileAsync(program, args, { signal, maxBuffer: 50_000_000 });
      if (anyOf) return '';
    } catch (error) {
      if (signal?.aborted) throw error;
      failure = `${name} said: ${(error.stderr || error.message).trim().split('\n').at(-1)}`;
    }
  }
  return failure;
}

const waysOut = `ChatLink needs a Redis server, and there is none on this machine. Three ways out:
  - install it: \`redis-server\` (or \`valkey-server\`) of your system's packages, then run this again
  - docker compose up -d redis, with REDIS_URL=redis://127.0.0.1:6379
  - set REDIS_URL to a Redis you have elsewhere`;

/** The server's program: from PATH, else installed where that is possible without asking anybody. */
export async function redisProgram({ signal } = {}) {
  const found = findRedis(usualFolders);
  if (found) return found;
  const manager = packageManager();
  if (!manager) throw new Stop(waysOut);
  say(`  no Redis on this machine: installing it with ${manager.name}`);
  const failure = await install(manager, signal);
  const installed = findRedis(usualFolders);
  if (!installed) throw new Stop(failure ? `${waysOut}\n${failure}` : waysOut);
  return installed;
}

/** The checker of the same build: Redis is one program under several names. */
export function repairAppendOnly(program, manifest) {
  spawnSync(program, ['--fix', manifest], {
    argv0: 'redis-check-aof',
    input: 'y\n',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
}
