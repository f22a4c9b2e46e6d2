import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { at } from '../paths.mjs';

/** @typedef {{ path: string, content: string }[]} Schema */

/**
 * A schema, one file a feature; none where there is no such folder.
 * @returns {Schema}
 */
export function readSchema(folder = 'prisma/schema') {
  if (!existsSync(at(folder))) return [];
  return readdirSync(at(folder))
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => `${folder}/${name}`)
    .map((path) => ({ path, content: readFileSync(at(path), 'utf8') }));
}

/** Everything in the schema is ours: nothing is left out of a comparison. */
export const filters = { externalTables: [], externalEnums: [] };

async function load() {
  const require = createRequire(import.meta.url);
  const dir = path.dirname(require.resolve('@prisma/schema-engine-wasm'));
  const name = 'schema_engine_bg';
  const bindings = await import(pathToFileURL(path.join(dir, `${name}.js`)).href);
  const code = new WebAssembly.Module(readFileSync(path.join(dir, `${name}.wasm`)));
  const { exports } = new WebAssembly.Instance(code, { [`./${name}.js`]: bindings });
  bindings.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return bindings.SchemaEngine;
}

/**
 * The adapter cuts a script at every semicolon, those in function bodies and texts too, and runs the pieces one by
 * one. Sent whole, Postgres reads it itself, and in one transaction: a migration goes in entirely or not at all.
 */
function sendScriptsWhole(adapter, pool) {
  adapter.executeScript = async (script) => {
    try {
      await pool.query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return adapter;
}

async function adapterFor(pool) {
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => sendScriptsWhole(await connect(), pool);
  return factory;
}

/** Comparing schemas needs no database, but the engine greets one: this one answers with silence. */
function noDatabase() {
  const nothing = async () => ({ columnNames: [], columnTypes: [], rows: [] });
  const adapter = { provider: 'postgres', adapterName: 'none', queryRaw: nothing, executeRaw: async () => 0 };
  const connect = async () => ({ ...adapter, executeScript: nothing, dispose: nothing });
  return { provider: 'postgres', adapterName: 'none', connect, connectToShadowDb: connect };
}

/**
 * The engine behind `prisma migrate`, as WebAssembly: nothing is downloaded (docs/decisions/0004).
 * @param {{ schema: Schema, pool?: import('pg').Pool }} options the pool stays the caller's to end
 */
export async function schemaEngine({ schema, pool }) {
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils');
  const adapter = bindMigrationAwareSqlAdapterFactory(pool ? await adapterFor(pool) : noDatabase());
  const SchemaEngine = await load();
  const datamodels = schema.map(({ path: file, content }) => [file, content]);
  return SchemaEngine.new({ datamodels }, () => {}, adapter);
}
