import { expect, test } from '@jest/globals';
import { pruneBudgets } from '../../src/features/auth/codes/budget.store.ts';
import { createAccountDeletionStore } from '../../src/features/auth/deletion/deletion.store.ts';
import { cleanupPolicy } from '../../src/features/auth/policy.ts';
import { type Db, openDb } from '../../src/platform/stores/db.ts';
import { twoNodes } from '../support/nodes.ts';

const { stores, clock, of } = await twoNodes();
const { batch } = cleanupPolicy;
/** More than two batches, and a rest. */
const OLD = 2 * batch + 500;

const kinds: Record<string, { fill: string; prune: (db: Db) => Promise<number> }> = {
  UsernameQuarantine: {
    fill: `INSERT INTO "UsernameQuarantine" ("usernameKey", "until") SELECT 'old' || n, $1 FROM generate_series(1, $2::int) n`,
    prune: (db) => createAccountDeletionStore(db).prune(clock.now()),
  },
  UsernameSkeleton: {
    fill: `INSERT INTO "UsernameSkeleton" ("skeleton", "until") SELECT 'old' || n, $1 FROM generate_series(1, $2::int) n`,
    prune: (db) => createAccountDeletionStore(db).pruneSkeletons(clock.now()),
  },
  DestinationBudget: {
    fill: `INSERT INTO "DestinationBudget" ("destinationKey", "updatedAt")
           SELECT 'old' || n, $1::timestamptz - interval '1 day' FROM generate_series(1, $2::int) n`,
    prune: (db) => pruneBudgets(db, clock.now(), batch),
  },
};

test.each(Object.entries(kinds))(
  'two nodes at once delete all that is old in "%s", no more than a batch in one statement',
  async (table, { fill, prune }) => {
    const pruneAt = of(
      ({ db }) =>
        () =>
          prune(db),
    );
    for (let round = 0; round < 5; round++) {
      await stores.sql(fill, [clock.now().toISOString(), OLD]);
      const deleted: number[] = [];
      const clean = async (n: number): Promise<void> => {
        const rows = await pruneAt(n)();
        deleted.push(rows);
        if (rows > 0) await clean(n);
      };
      await Promise.all([0, 1, 2, 3].map(clean));
      expect(await stores.sql(`SELECT FROM "${table}"`)).toEqual([]);
      expect(deleted.reduce((sum, rows) => sum + rows, 0)).toBe(OLD);
      expect(Math.max(...deleted)).toBeLessThanOrEqual(batch);
    }
  },
);

test('whatever plan Postgres makes, a batch is chosen once', async () => {
  // With no statistics, or old ones, it takes this plan of its own accord now and then.
  const plan =
    '-c enable_hashjoin=off -c enable_mergejoin=off -c enable_hashagg=off -c enable_sort=off -c enable_material=off';
  const node = openDb(`${stores.databaseUrl}?options=${encodeURIComponent(plan)}`, 2);
  await stores.sql(kinds.UsernameSkeleton!.fill, [clock.now().toISOString(), OLD]);
  const prune = (): Promise<number> => createAccountDeletionStore(node).pruneSkeletons(clock.now());
  expect([await prune(), await prune(), await prune(), await prune()]).toEqual([batch, batch, 500, 0]);
  await node.$disconnect();
});
