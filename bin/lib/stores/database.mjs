import { setTimeout as sleep } from 'node:timers/promises';
import { Stop } from '../say.mjs';

/** The URL of another database on the same server. */
export function withDatabase(url, name) {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

export function databaseOf(url) {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

/** Names are ours or come from a URL: quoted as Postgres wants it. */
export function quoted(name) {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Runs work on one connection and closes it. `pg` is loaded late: it may just have been installed. */
export async function connected(url, work) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // The server went away between questions: the next question says so.
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** An address without its password, for messages. */
export function shown(url) {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}:${port || 5432}${pathname}`;
  } catch {
    return 'an address that is no URL';
  }
}

/** Until a server that is starting takes connections (Compose starts all at once), and with the database made when it is missing. */
export async function ensureDatabase(url, { patience = 15_000 } = {}) {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await connected(url, () => {});
    } catch (error) {
      if (error.code === '3D000') return create(url);
      const starting = ['57P03', 'ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'ENOTFOUND'].includes(error.code);
      if (!starting || performance.now() > deadline) {
        throw new Stop(
          `The database at ${shown(url)} (DATABASE_URL) cannot be used: ${error.message || error.code}`,
        );
      }
      await sleep(300);
    }
  }
}

async function create(url) {
  try {
    await connected(withDatabase(url, 'postgres'), (client) =>
      client.query(`CREATE DATABASE ${quoted(databaseOf(url))}`),
    );
  } catch (error) {
    if (error.code !== '42P04')
      throw new Stop(
        `The database ${databaseOf(url)} does not exist and could not be made: ${error.message}`,
      );
  }
}

/** Whether nobody has an account yet: then the demo people may move in. */
export async function hasNoUsers(url) {
  const { rows } = await connected(url, (client) =>
    client.query('SELECT NOT EXISTS (SELECT FROM "User") AS empty'),
  );
  return rows[0].empty;
}
