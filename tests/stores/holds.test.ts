import { expect, test } from '@jest/globals';
import { createAccountDeletionStore } from '../../src/features/auth/deletion/deletion.store.ts';
import { createPurge } from '../../src/features/privacy/purge.jobs.ts';
import { createLog } from '../../src/platform/watching/log.ts';
import { membersOf } from '../support/members.ts';
import { twoNodes } from '../support/nodes.ts';
import { asked } from '../support/stores.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { join, rowOf } = membersOf(nodes);
const ends = of(({ db }) => createAccountDeletionStore(db))(0);

async function ending(username: string): Promise<string> {
  const { id } = await join(username);
  await stores.sql('UPDATE "User" SET "leavingAt" = $2, "purgeAt" = $2 WHERE "id" = $1', [id, clock.now()]);
  return id;
}
const hold = (id: string, moment: Date | null) =>
  stores.sql('UPDATE "User" SET "heldAt" = $2 WHERE "id" = $1', [id, moment]);

test('whom a court asks for, the site does not delete, by whatever statement', async () => {
  const id = await ending('ann');
  await hold(id, clock.now());
  for (const text of ['DELETE FROM "User"', `DELETE FROM "User" WHERE "id" = '${id}'`])
    await expect(asked(stores.databaseUrl, text)).rejects.toMatchObject({ code: '42501' });
  expect(await ends.erase(id, clock.now())).toBe(false);
  await hold(id, null);
  expect(await ends.erase(id, clock.now())).toBe(true);
});

test('a hold that comes while others are deleted stops what is left to do', async () => {
  const ann = await ending('ann');
  clock.pass(1);
  const ben = await ending('ben');
  const [first, last]: [string[], string[]] = [[], []];
  const purge = createPurge({
    ends,
    keptByAll: () => ({
      erasers: [
        async (id) => {
          first.push(id);
          if (id === ben) await hold(ben, clock.now());
        },
        async (id) => void last.push(id),
      ],
    }),
    registry: { sessionsOf: async () => new Map(), end: async () => 0 },
    clock,
    log: createLog('silent', { write: () => {} }),
  });
  await purge.run();
  expect([first, last]).toEqual([[ann, ben], [ann]]);
  expect([await rowOf(ann), (await rowOf(ben))?.id]).toEqual([undefined, ben]);
});
