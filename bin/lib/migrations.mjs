import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connected, ensureDatabase } from './database.mjs';
import { at } from './paths.mjs';
import { Stop } from './say.mjs';
import { filters, schemaEngine } from './schema-engine.mjs';

const folder = (...parts) => at('prisma/migrations', ...parts);
const schemaFile = () => at('prisma/schema.prisma');
/** The schema as of the last migration: the engine cannot read it back from a database (docs/decisions/0004). */
const snapshotFile = () => folder('schema.snapshot.prisma');
const read = (file) => readFileSync(file, 'utf8');

/** Ours is taken round the engine's own (72707369), which gives up after ten seconds of waiting. */
const advisoryLock = 72707370;

/** Names of the migrations, oldest first. */
export function migrationNames() {
  if (!existsSync(folder())) return [];
  const entries = readdirSync(folder(), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(folder(entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort();
}

/** Prisma's bookkeeping says all of them are in, unchanged: the engine need not be woken. */
async function isCurrent(client, names) {
  const table = await client.query(`SELECT to_regclass('_prisma_migrations') AS name`);
  if (!table.rows[0].name) return false;
  const { rows } = await client.query(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  const checksum = (name) =>
    createHash('sha256')
      .update(readFileSync(folder(name, 'migration.sql')))
      .digest('hex');
  return applied.size === names.length && names.every((name) => applied.get(name) === checksum(name));
}

function migrationsList(names) {
  return {
    baseDir: folder(),
    lockfile: { path: 'migration_lock.toml', content: read(folder('migration_lock.toml')) },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: read(folder(name, 'migration.sql')) },
      },
    })),
  };
}

async function askEngine(options, question) {
  try {
    return await question(await schemaEngine(options));
  } catch (error) {
    throw error instanceof Stop ? error : new Stop(`The database engine refused:\n${error.message ?? error}`);
  }
}

async function withPool(url, work) {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => {});
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/**
 * Applies what is missing, one process at a time.
 * @param {string} url
 * @returns {Promise<string[]>} names of the migrations applied now
 */
export async function migrate(url) {
  const names = migrationNames();
  if (names.length === 0) return [];
  await ensureDatabase(url);
  return connected(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
    if (await isCurrent(client, names)) return [];
    const input = { migrationsList: migrationsList(names), filters };
    const { appliedMigrationNames } = await withPool(url, (pool) =>
      askEngine({ schema: read(schemaFile()), pool }, (engine) => engine.applyMigrations(input)),
    );
    return appliedMigrationNames;
  });
}

/** SQL from one schema to another; '' when nothing differs. Needs no database. */
export async function difference(from, to) {
  const files = (content) => [{ path: 'prisma/schema.prisma', content }];
  const params = {
    from: from === undefined ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: files(from) },
    to: { tag: 'schemaDatamodel', files: files(to) },
    script: true,
    exitCode: true,
    filters,
  };
  const result = await askEngine({ schema: to }, (engine) => engine.diff(params));
  return result.exitCode === 2 ? result.stdout : '';
}

/** `20260131235959_add_photos`: sorts by time, so that the order of files is the order of history. */
export function migrationName(name, now) {
  if (!/^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/.test(name) || name.length > 60) {
    throw new Stop(
      'A migration needs a short name of small letters, digits and _ or -: npm run db:migration -- add_photos',
    );
  }
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
  return `${stamp}_${name.replaceAll('-', '_')}`;
}

/** Writes the next migration from what changed in schema.prisma. Returns its folder's name. */
export async function writeMigration(name, now) {
  const next = migrationName(name, now);
  const last = migrationNames().at(-1);
  if (last !== undefined && !existsSync(snapshotFile())) {
    throw new Stop(
      'prisma/migrations/schema.snapshot.prisma is missing: what changed since the last migration is unknown. Restore it with git.',
    );
  }
  if (last !== undefined && next <= last)
    throw new Stop(`${next} would not come after ${last}: is the clock right?`);
  const schema = read(schemaFile());
  const sql = await difference(last === undefined ? undefined : read(snapshotFile()), schema);
  if (sql.trim() === '')
    throw new Stop('prisma/schema.prisma says nothing that the migrations do not: no migration to write.');
  mkdirSync(folder(next), { recursive: true });
  writeFileSync(folder(next, 'migration.sql'), sql);
  writeFileSync(
    folder('migration_lock.toml'),
    '# Written by db:migration; belongs into the repository.\nprovider = "postgresql"\n',
  );
  writeFileSync(snapshotFile(), schema);
  return next;
}
