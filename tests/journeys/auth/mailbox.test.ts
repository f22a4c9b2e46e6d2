import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mailboxSql } from '../../../src/features/auth/codes/budget.store.ts';
import { mailboxOf, mailboxProviders } from '../../../src/kernel/email-address.ts';
import { Prisma, openDb } from '../../../src/platform/stores/db.ts';
import { createTestStores } from '../../support/stores.ts';

const stores = await createTestStores();
const db = openDb(stores.databaseUrl);
afterAll(async () => {
  await db.$disconnect();
  await stores.drop();
});

async function inSql(key: string): Promise<string> {
  const [row] = await db.$queryRaw<
    { box: string }[]
  >`SELECT ${mailboxSql(Prisma.sql`${key}::text`)} AS "box"`;
  return row!.box;
}

test.each([
  'ann@example.com',
  'ann+a.b@example.com',
  'a.n.n+1+2@gmail.com',
  'ann@googlemail.com',
  '+@gmail.com',
  '+ann@example.com',
  '++a+b@example.com',
  'ann+x+y@outlook.com',
  'ann@gmail.com.example',
  'ann@notgmail.com',
  '+4915112345678',
  'named:ann.b+c',
])('Postgres and Node see the same mailbox behind %s', async (key) => {
  expect(await inSql(key)).toBe(mailboxOf(key));
});

test('and behind any other address', async () => {
  const local = fc.stringMatching(/^[a-z0-9.+_-]{1,12}$/);
  const domain = fc.constantFrom(
    ...mailboxProviders.flatMap(({ domains }) => domains),
    'mail.example',
    'xgmail.com',
  );
  await fc.assert(
    fc.asyncProperty(local, domain, async (name, at) => {
      expect(await inSql(`${name}@${at}`)).toBe(mailboxOf(`${name}@${at}`));
    }),
  );
});
