import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { give } from '../accounts/account.mjs';
import { prepareFolder, removeFolder } from '../accounts/reach.mjs';
import { end, gone, serversIn } from '../processes/pids.mjs';
import { Stop } from '../say.mjs';
import { connected } from './database.mjs';
import { clearPostgres, readPostmaster } from './postmaster.mjs';
import { resetRole, withRole } from './roles.mjs';
import { keptPassword } from './secrets.mjs';
import { lockFolder, spawnServer, startServer } from './server.mjs';

const execFileAsync = promisify(execFile);
/** Who owns the tables, and who the site is. */
const [user, siteUser] = ['chatlink', 'chatlink_app'];

function toolOptions(account) {
  return {
    cwd: '/',
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' },
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  };
}

/** Runs initdb beside the final place and renames: an interrupted one leaves nothing that looks like a database. */
async function initialise({ native, account, dir, password, throwaway }) {
  const draft = path.join(dir, 'new');
  const passwordFile = path.join(dir, 'password.tmp');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) for (const file of [draft, passwordFile]) give(file, account);
  // The C.UTF-8 of Postgres itself: the same order and letters on every machine, whatever locales it has.
  const args = [
    '-D',
    draft,
    '-U',
    user,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(throwaway ? ['--no-sync'] : []),
  ];
  try {
    await execFileAsync(path.join(native, 'bin/initdb'), args, toolOptions(account));
    renameSync(draft, path.join(dir, 'data'));
  } catch (error) {
    throw new Stop(`Postgres could not make its data folder ${dir}:\n${error.stderr || error.message}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** The password file was lost, the data was not: Postgres alone, without network, takes a new one. */
async function resetPassword({ native, account, pgdata, password }) {
  const run = execFileAsync(
    path.join(native, 'bin/postgres'),
    ['--single', '-D', pgdata, 'postgres'],
    toolOptions(account),
  );
  run.child.stdin.end(`ALTER ROLE ${user} PASSWORD '${password}'\n`);
  await run;
}

function checkVersion(native, pgdata) {
  const made = readFileSync(path.join(pgdata, 'PG_VERSION'), 'utf8').trim();
  const catalogue = readFileSync(path.join(native, 'share/postgresql/postgres.bki'), 'utf8').slice(0, 40);
  const have = /PostgreSQL (\d+)/.exec(catalogue)?.[1];
  if (have && have !== made) {
    throw new Stop(
      `The data in ${pgdata} was made by Postgres ${made}, this one is ${have}. Dump it with the old one, or begin anew by removing the folder.`,
    );
  }
}

/**
 * Starts a Postgres of our own on loopback: a cluster is made when the folder has none, what an earlier run left is
 * cleared first. As root it runs as another account, and its data may then really lie outside the checkout.
 * @param {object} options
 * @param {string} options.dir absolute; kept after `stop()`
 * @param {number} [options.port] a free one is chosen without
 * @param {boolean} [options.throwaway] for tests: nothing is flushed to disk
 * @param {number} [options.maxConnections]
 */
export async function startPostgres({ dir, port, throwaway = false, maxConnections = 100 }) {
  const { native, account } = prepareFolder(dir);
  const unlock = lockFolder(dir);
  try {
    const pgdata = path.join(realpathSync(dir), 'data');
    const { password, isNew } = keptPassword(`${dir}.password`);
    if (!existsSync(pgdata))
      await initialise({ native, account, dir: realpathSync(dir), password, throwaway });
    else {
      checkVersion(native, pgdata);
      await clearPostgres(pgdata);
      if (isNew) await resetPassword({ native, account, pgdata, password });
    }
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: maxConnections,
      timezone: 'UTC',
      log_timezone: 'UTC',
      log_checkpoints: 'off',
      ...(throwaway ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' } : {}),
    };
    const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    const log = `${dir}.log`;
    const server = await startServer({
      name: 'Postgres',
      port,
      log,
      patience: 120_000, // After a crash it may have much to replay.
      passing: /Address already in use|could not create any TCP\/IP sockets|pre-existing shared memory block/,
      spawn: (on) =>
        spawnServer(path.join(native, 'bin/postgres'), ['-D', pgdata, '-p', on, ...flags], { account, log }),
      isReady: (_port, pid) => {
        const found = readPostmaster(pgdata);
        return found?.pid === pid && found.ready;
      },
    });
    return await letSiteIn(running({ ...server, dir, pgdata, password, unlock }), dir);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The site's role has a password of its own, which is set at each start: its file may be new, or the role missing. */
async function letSiteIn(server, dir) {
  const { password } = keptPassword(`${dir}.site.password`);
  const siteUrl = withRole(server.url, siteUser, password);
  try {
    await connected(server.url, (client) => resetRole(client, siteUrl));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { ...server, siteUrl };
}

function running({ port, child, exited, dir, pgdata, password, unlock }) {
  const { pid } = child;
  void exited.then(unlock);
  const children = async () => {
    for (const other of serversIn(pgdata, /^postgres$/)) await gone(other, 5_000);
  };
  return {
    url: `postgresql://${user}:${password}@127.0.0.1:${port}/postgres`,
    port,
    pid,
    exited,
    /** A fast shutdown: open transactions are rolled back, everything is on disk. */
    async stop() {
      await end(pid, [
        ['SIGINT', 10_000],
        ['SIGQUIT', 3_000],
      ]);
      await exited;
    },
    /** What a power cut does. */
    async kill() {
      await end(pid, []);
      await exited;
      await children();
    },
    remove: () => {
      removeFolder(dir);
      for (const suffix of ['.log', '.password', '.site.password', '.lock'])
        rmSync(`${dir}${suffix}`, { force: true });
    },
  };
}
