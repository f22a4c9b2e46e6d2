import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../paths.mjs';
import { Stop } from '../say.mjs';
import { askEngine, migrationFile, migrationNames } from './migrations.mjs';
import { filters, readSchema } from './schema-engine.mjs';

/**
 * The schema as of the last migration, file by file: the engine cannot read it back from a database (docs/decisions/0004).
 * A feature's file changes with the feature only.
 */
export const snapshotFolder = 'prisma/migrations/snapshot';

/**
 * SQL from one schema to another; '' when nothing differs. Needs no database.
 * @param {import('./schema-engine.mjs').Schema | undefined} from undefined: an empty database
 * @param {import('./schema-engine.mjs').Schema} to
 */
export async function difference(from, to) {
  const target = (files) => ({ tag: 'schemaDatamodel', files });
  const params = {
    from: from === undefined ? { tag: 'empty' } : target(from),
    to: target(to),
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

function lastSchema(last) {
  if (last === undefined) return undefined;
  const snapshot = readSchema(snapshotFolder);
  if (snapshot.length > 0) return snapshot;
  throw new Stop(
    `${snapshotFolder} is missing: what changed since the last migration is unknown. Restore it with git.`,
  );
}

/** Writes the next migration from what changed in prisma/schema. Returns its folder's name. */
export async function writeMigration(name, now) {
  const next = migrationName(name, now);
  const last = migrationNames().at(-1);
  if (last !== undefined && next <= last)
    throw new Stop(`${next} would not come after ${last}: is the clock right?`);
  const schema = readSchema();
  const sql = await difference(lastSchema(last), schema);
  if (sql.trim() === '') {
    throw new Stop('prisma/schema says nothing that the migrations do not: no migration to write.');
  }
  mkdirSync(migrationFile(next), { recursive: true });
  writeFileSync(migrationFile(next, 'migration.sql'), sql);
  const lock = '# Written by db:migration; belongs in the repository.\nprovider = "postgresql"\n';
  writeFileSync(migrationFile('migration_lock.toml'), lock);
  rmSync(at(snapshotFolder), { recursive: true, force: true });
  mkdirSync(at(snapshotFolder));
  for (const file of schema) writeFileSync(at(snapshotFolder, path.basename(file.path)), file.content);
  return next;
}
