import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { excessOfRole, warnOfExcess } from '../../src/platform/stores/database-role.ts';
import { openDb } from '../../src/platform/stores/db.ts';
import { createLog } from '../../src/platform/watching/log.ts';
import { migrate } from '../support/restartable.ts';
import { asked, createTestStores } from '../support/stores.ts';

const stores = await createTestStores();
const role = new URL(stores.databaseUrl).username;
/** Rights on a database are not cloned with it. */
beforeAll(async () => {
  await migrate({ DATABASE_URL: stores.databaseUrl, MIGRATE_DATABASE_URL: stores.ownerUrl });
});
afterAll(() => stores.drop());

const asSite = (text: string) => asked(stores.databaseUrl, text);
const refused = { code: '42501' };

describe('the role of the site', () => {
  test('is no superuser, makes no databases and no roles, is a member of none, and owns nothing', async () => {
    expect(
      await stores.sql(
        `SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls AS more,
           EXISTS (SELECT FROM pg_auth_members WHERE member = oid) AS member,
           EXISTS (SELECT FROM pg_shdepend WHERE refobjid = oid AND deptype = 'o') AS owner
         FROM pg_roles WHERE rolname = $1`,
        [role],
      ),
    ).toEqual([{ more: false, member: false, owner: false }]);
  });

  test.each([
    'CREATE TABLE "Made" ("n" int)',
    'CREATE TEMPORARY TABLE "Made" ("n" int)',
    'CREATE SCHEMA "made"',
    'CREATE VIEW "Made" AS SELECT 1',
    'CREATE TYPE "Made" AS ENUM ()',
    `CREATE FUNCTION made() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    'CREATE INDEX ON "User" ("bio")',
    'CREATE TRIGGER "made" BEFORE DELETE ON "User" EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    'CREATE ROLE made',
    'CREATE DATABASE made',
    'ALTER TABLE "User" ADD "made" int',
    'ALTER TABLE "User" DROP CONSTRAINT "User_password_hashed"',
    'ALTER TABLE "User" DISABLE TRIGGER ALL',
    `ALTER TYPE "Channel" ADD VALUE 'made'`,
    'DROP TABLE "User"',
    'TRUNCATE "User" CASCADE',
    'SET session_replication_role = replica',
    'DELETE FROM "_prisma_migrations"',
    `COPY (SELECT 1) TO PROGRAM 'true'`,
    `SELECT pg_read_file('PG_VERSION')`,
  ])('may not %s', (text) => expect(asSite(text)).rejects.toMatchObject(refused));

  test('may not become the owner of the tables', () =>
    expect(asSite(`SET ROLE "${new URL(stores.ownerUrl).username}"`)).rejects.toMatchObject(refused));

  test('works with rows, those of a table that comes later too, and reads which migrations there are', async () => {
    await stores.sql('CREATE TABLE "Later" ("n" int GENERATED ALWAYS AS IDENTITY, "m" serial)');
    await asSite(
      'INSERT INTO "Later" DEFAULT VALUES; UPDATE "Later" SET "m" = 7; DELETE FROM "Later" WHERE "m" = 7',
    );
    await asSite('SELECT FROM "_prisma_migrations"');
  });
});

describe('a site whose role may do more', () => {
  const warned = async (url: string): Promise<string[]> => {
    const lines: string[] = [];
    const db = openDb(url);
    await warnOfExcess(db, createLog('warn', { write: (line) => void lines.push(line) }));
    await db.$disconnect();
    return lines;
  };

  test('says so at its start, and any other says nothing', async () => {
    expect(await warned(stores.databaseUrl)).toEqual([]);
    expect(await warned(stores.ownerUrl)).toEqual([expect.stringContaining('docs/operations.md')]);
    expect(await warned('postgresql://nobody@127.0.0.1:1/away')).toEqual([]);
  });

  test('is a superuser or owns a table', async () => {
    const excessAs = async (url: string) => {
      const db = openDb(url);
      return excessOfRole(db).finally(() => db.$disconnect());
    };
    expect(await excessAs(stores.ownerUrl)).toBe('superuser');
    expect(await excessAs(stores.databaseUrl)).toBe(null);
    await stores.sql(`CREATE TABLE "Theirs" (); ALTER TABLE "Theirs" OWNER TO "${role}"`);
    expect(await excessAs(stores.databaseUrl)).toBe('owner');
    await stores.sql('DROP TABLE "Theirs"');
  });
});

describe('an installation', () => {
  const made = `chatlink_test_${randomBytes(4).toString('hex')}`;
  /** On a server of others: an owner of one database who may make no roles. */
  const [owner, site] = [`${made}_owner`, `${made}_site`];
  const url = (name: string): string => {
    const other = new URL(stores.ownerUrl);
    [other.username, other.password, other.pathname] = [name, 'word', `/${made}`];
    return other.href;
  };
  beforeAll(async () => {
    await stores.sql(`CREATE ROLE "${owner}" LOGIN PASSWORD 'word'`);
    await stores.sql(`CREATE DATABASE "${made}" OWNER "${owner}"`);
  });
  afterAll(async () => {
    await stores.sql(`DROP DATABASE "${made}" WITH (FORCE)`);
    await stores.sql(`DROP ROLE IF EXISTS "${owner}", "${site}"`);
  });

  test('of one role goes on, and moves to two without losing anything', async () => {
    expect(await migrate({ DATABASE_URL: url(owner) })).toContain('Applied');
    await asked(url(owner), `INSERT INTO "UsernameQuarantine" VALUES ('kept', now())`);

    const both = { DATABASE_URL: url(site), MIGRATE_DATABASE_URL: url(owner) };
    await expect(migrate(both)).rejects.toThrow(`CREATE ROLE "${site}" LOGIN PASSWORD`);
    await stores.sql(`CREATE ROLE "${site}" LOGIN PASSWORD 'word'`);
    expect(await migrate(both)).toContain(`${site} may work with its tables`);

    const kept = await asked(url(site), 'SELECT "usernameKey" FROM "UsernameQuarantine"');
    expect(kept).toEqual([{ usernameKey: 'kept' }]);
    await expect(asked(url(site), 'CREATE TEMPORARY TABLE "Made" ()')).rejects.toMatchObject(refused);
    expect(await migrate({ DATABASE_URL: url(owner) })).toContain('up to date');
  });

  test('gets its role made where the owner may, with the password of its address', async () => {
    const newRole = new URL(stores.databaseUrl);
    [newRole.username, newRole.password] = [`${made}_new`, 'p%40ss word'];
    await migrate({ DATABASE_URL: newRole.href, MIGRATE_DATABASE_URL: stores.ownerUrl });
    expect(await asked(newRole.href, 'SELECT current_user AS "role"')).toEqual([{ role: `${made}_new` }]);
    await stores.sql(`DROP OWNED BY "${made}_new"; DROP ROLE "${made}_new"`);
  });

  test('with the address of the owner alone is asked for the other one', () =>
    expect(migrate({ MIGRATE_DATABASE_URL: url(owner) })).rejects.toThrow('which role the site runs as'));
});
