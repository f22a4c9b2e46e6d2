import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { isRoot, rootPrefix } from '../accounts/account.mjs';
import { findProgram } from '../processes/programs.mjs';
import { Stop, say } from '../say.mjs';

const execFileAsync = promisify(execFile);
const names = ['redis-server', 'valkey-server'];

/** Where package managers put servers; not every person's PATH has them all. */
const installFolders = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/** As no terminal is asked, and no service started: ChatLink starts its own server. */
const apt = [
  'env',
  'DEBIAN_FRONTEND=noninteractive',
  'RUNLEVEL=1',
  'apt-get',
  '-q',
  '-o',
  'DPkg::Lock::Timeout=60',
];

/**
 * Package managers in the order they are looked for. The first of `packages` that installs is enough.
 * @type {{ program: string, update?: string[], install: string[], packages: string[] }[]}
 */
const managers = [
  {
    program: 'apt-get',
    update: [...apt, 'update'],
    install: [...apt, 'install', '-y', '--no-install-recommends'],
    packages: ['redis-server', 'valkey-server'],
  },
  { program: 'apk', install: ['apk', 'add', '--no-cache'], packages: ['redis', 'valkey'] },
  { program: 'dnf', install: ['dnf', 'install', '-y'], packages: ['redis', 'valkey'] },
];
const homebrew = { program: 'brew', install: ['brew', 'install'], packages: ['redis'] };

/** The package manager that may be used without asking anybody, and what its commands begin with. */
function usableManager() {
  const manager = managers.find(({ program }) => findProgram([program]));
  const prefix = manager && rootPrefix();
  if (manager && prefix) return { ...manager, prefix };
  // Homebrew works as its owner and refuses root.
  if (!isRoot() && findProgram([homebrew.program])) return { ...homebrew, prefix: [] };
  return undefined;
}

async function tryCommand(command, signal) {
  const [program, ...args] = command;
  try {
    await execFileAsync(program, args, { signal, timeout: 300_000, maxBuffer: 50_000_000 });
    return undefined;
  } catch (error) {
    if (signal?.aborted) throw error;
    return String(error.stderr || error.message)
      .trim()
      .split('\n')
      .at(-1);
  }
}

/** Returns what the package manager said last when nothing could be installed. */
async function install({ prefix, update, install: command, packages }, signal) {
  if (update) await tryCommand([...prefix, ...update], signal); // One broken source of many need not stop us.
  let failure;
  for (const name of packages) {
    failure = await tryCommand([...prefix, ...command, name], signal);
    if (failure === undefined) return undefined;
  }
  return failure;
}

const waysOut = `ChatLink needs a Redis server, and there is none on this machine. Three ways out:
  - install it: \`redis-server\` (or \`valkey-server\`) of your system's packages, then run this again
  - docker compose up -d redis, with REDIS_URL=redis://127.0.0.1:6379
  - set REDIS_URL to a Redis you have elsewhere`;

/** The server's program: from PATH, else installed where that is possible without asking anybody. */
export async function redisProgram({ signal } = {}) {
  const found = findProgram(names);
  if (found) return found;
  const manager = usableManager();
  if (!manager) throw new Stop(waysOut);
  say(`  no Redis on this machine: installing it with ${manager.program}`);
  const failure = await install(manager, signal);
  const installed = findProgram(names, { more: installFolders });
  if (!installed)
    throw new Stop(
      `${waysOut}\n(${manager.program} could not install it: ${failure ?? 'no server in its package'})`,
    );
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
