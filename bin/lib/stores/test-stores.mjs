import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { removeFolder } from '../accounts/reach.mjs';
import { at, data } from '../paths.mjs';
import { describe, end, endGroup, isSame, serversIn } from '../processes/pids.mjs';
import { connected, quoted, withDatabase } from './database.mjs';
import { migrate } from './migrations.mjs';
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';
import { withRole } from './roles.mjs';
import { newPassword } from './secrets.mjs';

const testFolder = () => data('test');
const prefix = 'chatlink_test_';

function foldersIn(dir) {
  try {
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map((entry) => path.join(dir, entry.name));
  } catch {
    return [];
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Ends every server that works in a run's folder, those that tests started for themselves too, and removes it. */
async function removeRun(dir) {
  const jest = readJson(path.join(dir, 'jest.json'));
  if (isSame(jest)) endGroup(jest.pid);
  for (const folder of foldersIn(dir)) {
    const postgres = serversIn(path.join(folder, 'data'), /^postgres$/);
    const redis = serversIn(folder, /^(redis|valkey)-server/);
    for (const pid of [...postgres, ...redis]) await end(pid, []);
    removeFolder(folder);
  }
  removeFolder(dir);
}

/** What runs that were killed left behind. Without a readable owner a run is being made in this moment. */
async function clearLeftovers() {
  for (const dir of foldersIn(testFolder())) {
    const owner = readJson(path.join(dir, 'owner.json'));
    if (owner && !isSame(owner)) await removeRun(dir);
  }
}

/** A folder for one test run, which nobody else touches while this process lives. */
export async function testRun() {
  await clearLeftovers();
  const dir = path.join(testFolder(), randomBytes(4).toString('hex'));
  // Others may pass through: Postgres may run as another user.
  mkdirSync(dir, { recursive: true, mode: 0o711 });
  writeFileSync(path.join(dir, 'owner.json'), JSON.stringify(describe(process.pid)));
  return {
    dir,
    /** Jest is a process group of its own: were this process killed, the next run ends it. */
    noteJest: (pid) => writeFileSync(path.join(dir, 'jest.json'), JSON.stringify(describe(pid))),
    remove: () => removeRun(dir),
  };
}

export const throwawayPostgres = (dir) =>
  startPostgres({ dir: path.join(dir, 'postgres'), throwaway: true, maxConnections: 200 });

export const throwawayRedis = (dir, signal) =>
  startRedis({ dir: path.join(dir, 'redis'), throwaway: true, signal });

/** Drops a run's template, every clone of it, and the role of the site that was made for them. */
const dropAll = (server, name) =>
  connected(server, async (client) => {
    const { rows } = await client.query('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
      name,
    ]);
    for (const { datname } of rows)
      await client.query(`DROP DATABASE IF EXISTS ${quoted(datname)} WITH (FORCE)`);
    await client.query(`DROP ROLE IF EXISTS ${quoted(name)}`);
  });

/** On a server that is not ours, killed runs leave databases: their owner stands in the template's comment. */
const dropLeftovers = (server) =>
  connected(server, async (client) => {
    const { rows } = await client.query(
      `SELECT datname, shobj_description(oid, 'pg_database') AS owner FROM pg_database WHERE datname ~ $1`,
      [`^${prefix}[0-9a-f]{8}$`],
    );
    for (const { datname, owner } of rows) {
      const known = JSON.parse(owner ?? '{}');
      if (known.host === hostname() && known.checkout === at() && !isSame(known))
        await dropAll(server, datname);
    }
  });

/**
 * Makes and migrates the database that tests clone. On a server that is not ours the site gets a role for this run.
 * @param {{ url: string, siteUrl?: string }} on a server: URLs of any database on it, for its owner and for the site
 */
export async function templateDatabase({ url: server, siteUrl }) {
  const name = `${prefix}${randomBytes(4).toString('hex')}`;
  await dropLeftovers(server);
  await connected(server, async (client) => {
    await client.query(`CREATE DATABASE ${quoted(name)}`);
    const owner = JSON.stringify({ ...describe(process.pid), host: hostname(), checkout: at() });
    await client.query(`COMMENT ON DATABASE ${quoted(name)} IS '${owner.replaceAll("'", "''")}'`);
  });
  const database = {
    databaseUrl: withDatabase(siteUrl ?? withRole(server, name, newPassword()), name),
    ownerUrl: withDatabase(server, name),
  };
  await migrate(database);
  return { ...database, drop: () => dropAll(server, name) };
}
