import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const ready = async () => {
  const { status, html } = await visitor(house).get('/health/ready');
  return { status, ...(JSON.parse(html) as object) };
};

test('a database that lacks the newest migration takes nobody in', async () => {
  expect(await ready()).toMatchObject({ status: 'ok', postgres: 'ok', redis: 'ok', media: 'ok' });
  const [newest] = await house.stores.sql<{ name: string }>(
    `SELECT max("migration_name") AS "name" FROM "_prisma_migrations"`,
  );
  const call = (from: string, to: string) =>
    house.stores.sql(`UPDATE "_prisma_migrations" SET "migration_name" = $2 WHERE "migration_name" = $1`, [
      from,
      to,
    ]);
  await call(newest!.name, '0_older');
  expect(await ready()).toMatchObject({ status: 'unavailable', postgres: 'down' });
  // One of a version to come is no harm.
  await call('0_older', newest!.name);
  await house.stores.sql(
    `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at")
     VALUES ('next', '', '99999999999999_next', now(), now())`,
  );
  expect(await ready()).toMatchObject({ status: 'ok', postgres: 'ok' });
});
