import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { at } from '../paths.mjs';
import { Stop, warn } from '../say.mjs';
import { connected, ensureDatabase, shown } from './database.mjs';
import { ensureRole, grantLater, grantNow, roleOf } from './roles.mjs';
import { filters, readSchema, schemaEngine } from './schema-engine.mjs';

export const migrationFile = (...parts) => at('prisma/migrations', ...parts);
const read = (...parts) => readFileSync(migrationFile(...parts), 'utf8');

/** Ours is taken round the engine's own (72707369), which gives up after ten seconds of waiting. */
const advisoryLock = 72707370;

/** Names of the migrations, oldest first. */
export function migrationNames() {
  if (!existsSync(migrationFile())) return [];
  return readdirSync(migrationFile(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(migrationFile(entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort();
}

/** Rows of Prisma's bookkeeping that were not taken back; none before the first migration. */
async function bookkeeping(client) {
  const table = await client.query(`SELECT to_regclass('_prisma_migrations') AS name`);
  if (!table.rows[0].name) return [];
  const { rows } = await client.query(
    'SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  return rows;
}

/**
 * A migration that failed left nothing (it goes in entirely or not at all), only a note on which the engine would
 * refuse to go on: it is taken back, and the mended migration gets its next try.
 */
async function forgetFailures(rows, engine) {
  const failed = new Set(rows.filter((row) => !row.finished).map((row) => row.name));
  for (const migrationName of failed) await engine.markMigrationRolledBack({ migrationName });
}

/** A migration edited after it went in is not run again: somebody has to know. */
function warnOfEdits(done, names) {
  const checksum = (name) => createHash('sha256').update(read(name, 'migration.sql')).digest('hex');
  for (const name of names.filter((known) => done.has(known) && done.get(known) !== checksum(known))) {
    warn(`  ${name} was changed after this database had it. In development: npm run db:reset`);
  }
}

function migrationsList(names) {
  return {
    baseDir: migrationFile(),
    lockfile: { path: 'migration_lock.toml', content: read('migration_lock.toml') },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: read(name, 'migration.sql') } },
    })),
  };
}

/** One question to the engine; its refusals are for people. */
export async function askEngine(options, question) {
  try {
    return await question(await schemaEngine(options));
  } catch (error) {
    if (error instanceof Stop) throw error;
    const said = String(error.message ?? error).split('\n   0: ')[0]; // What follows are the engine's own lines.
    throw new Stop(`The database engine refused:\n${said}`);
  }
}

async function withPool(url, work) {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => {}); // The question in hand fails too, and says more.
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** Applies what is missing. The engine is woken only when something is. */
async function applyMissing(client, url, names) {
  const rows = await bookkeeping(client);
  const done = new Map(rows.filter((row) => row.finished).map((row) => [row.name, row.checksum]));
  warnOfEdits(done, names);
  if (names.every((name) => done.has(name)) && rows.length === names.length) return [];
  const input = { migrationsList: migrationsList(names), filters };
  return withPool(url, (pool) =>
    askEngine({ schema: readSchema(), pool }, async (engine) => {
      await forgetFailures(rows, engine);
      return (await engine.applyMigrations(input)).appliedMigrationNames;
    }),
  );
}

/**
 * Brings the database up to date, one process at a time, and lets the role that the site runs as work with it
 * (docs/decisions/0039).
 * @param {{ databaseUrl: string, ownerUrl: string }} database as the site, and as the owner of the tables
 * @returns {Promise<string[]>} names of the migrations applied now
 */
export async function migrate({ databaseUrl, ownerUrl }) {
  const names = migrationNames();
  if (names.length === 0) return [];
  await ensureDatabase(ownerUrl);
  return connected(ownerUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
    const role = roleOf(databaseUrl);
    if (role === roleOf(ownerUrl)) return applyMissing(client, ownerUrl, names);
    await ensureRole(client, databaseUrl);
    await grantLater(client, role);
    const applied = await applyMissing(client, ownerUrl, names);
    await grantNow(client, role, ownerUrl);
    return applied;
  });
}

/** What there is to say afterwards, for people. */
export function saidOf({ databaseUrl, ownerUrl }, applied) {
  const what =
    applied.length > 0
      ? `Applied to ${shown(ownerUrl)}:\n  ${applied.join('\n  ')}`
      : `${shown(ownerUrl)} is up to date.`;
  const role = roleOf(databaseUrl);
  return role === roleOf(ownerUrl) ? what : `${what}\n${role} may work with its tables.`;
}
