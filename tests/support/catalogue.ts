import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';

/** What a database consists of, one line a thing; a partition is what its table is; the order of columns and of an enum's words is history, not shape. */
const things = `
SELECT format('column %s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped AND c.relnamespace = 'public'::regnamespace
UNION ALL SELECT format('table %s %s', relname, CASE relkind WHEN 'r' THEN 'plain' ELSE relkind::text END)
  FROM pg_class WHERE relkind NOT IN ('i', 'I', 'c', 't') AND NOT relispartition AND relnamespace = 'public'::regnamespace
UNION ALL SELECT format('constraint %s %s', conname, pg_get_constraintdef(oid))
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = conrelid AND c.relispartition)
UNION ALL SELECT format('index %s %s', indexname, regexp_replace(indexdef, '^.* USING ', '')) FROM pg_indexes
  JOIN pg_class t ON t.relname = tablename AND t.relnamespace = 'public'::regnamespace
  WHERE schemaname = 'public' AND NOT t.relispartition
UNION ALL SELECT format('enum %s %s', t.typname, string_agg(e.enumlabel, ' ' ORDER BY e.enumlabel))
  FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid GROUP BY t.typname
UNION ALL SELECT format('trigger %s on %s', tgname, tgrelid::regclass) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT format('function %s', oid::regprocedure) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT format('policy %s on %s', polname, polrelid::regclass) FROM pg_policy
UNION ALL SELECT format('extension %s', extname) FROM pg_extension
UNION ALL SELECT format('grant on %s: %s', c.relname, string_agg(acl.privilege_type, ', ' ORDER BY acl.privilege_type))
  FROM pg_class c, aclexplode(c.relacl) acl
  WHERE c.relnamespace = 'public'::regnamespace AND acl.grantee <> c.relowner AND NOT c.relispartition GROUP BY c.relname, acl.grantee
UNION ALL SELECT format('grant on later %s: %s', defaclobjtype, string_agg(acl.privilege_type, ', ' ORDER BY acl.privilege_type))
  FROM pg_default_acl, aclexplode(defaclacl) acl WHERE acl.grantee <> defaclrole GROUP BY defaclobjtype
ORDER BY line`;

export async function catalogueOf(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return (await client.query<{ line: string }>(things)).rows.map(({ line }) => line);
  } finally {
    await client.end();
  }
}

/** The SQL that makes what the schema says out of nothing; by a process of its own, since the engine is WebAssembly. */
export async function schemaAsSql(): Promise<string> {
  const script = `
    import { readSchema } from './bin/lib/stores/schema-engine.mjs';
    import { difference } from './bin/lib/stores/write-migration.mjs';
    process.stdout.write(await difference(undefined, readSchema()));`;
  return (await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])).stdout;
}
