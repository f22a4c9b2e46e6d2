import { describe, expect, test } from '@jest/globals';
import { createMessageRemovalStore } from '../../src/features/chat/reporting/removal.store.ts';
import { createPictureRemoval } from '../../src/features/pictures/removal.store.ts';
import { createProfileRemoval } from '../../src/features/profile/profile/removal.store.ts';
import { membersOf } from '../support/members.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { join, newId } = membersOf(nodes);
const profiles = of(({ db }) => createProfileRemoval(db));
const pictures = of(({ db }) => createPictureRemoval(db))(0);
const messages = of(({ db }) => createMessageRemovalStore(db))(0);

let people = 0;
const somebody = async (): Promise<string> => (await join(`p${++people}x`)).id;
function removal() {
  clock.pass(1000);
  return { id: newId(), at: clock.now() };
}

describe('words of a profile', () => {
  const write = (id: string, bio: string, displayName: string | null = null) =>
    stores.sql('UPDATE "User" SET "bio" = $2, "displayName" = $3 WHERE "id" = $1', [id, bio, displayName]);
  const bioOf = async (id: string) =>
    (await stores.sql<{ bio: string }>('SELECT "bio" FROM "User" WHERE "id" = $1', [id]))[0]!.bio;

  test('of two removals each gives back its own', async () => {
    const [mika, first, second] = [await somebody(), removal(), removal()];
    await write(mika, 'One');
    await profiles(0).remove(mika, first);
    await write(mika, 'Two', 'Mika');
    await profiles(0).remove(mika, second);
    await profiles(0).restore(mika, second);
    expect(await bioOf(mika)).toBe('Two');
    await write(mika, '');
    await profiles(0).restore(mika, first);
    expect(await bioOf(mika)).toBe('One');
    expect(await stores.sql('SELECT FROM "RemovedProfile"')).toEqual([]);
  });

  test('that two removals meant come back with the last of them', async () => {
    const [mika, first, second] = [await somebody(), removal(), removal()];
    await write(mika, 'One');
    await profiles(0).remove(mika, first);
    await profiles(0).remove(mika, second);
    await profiles(0).restore(mika, first);
    expect(await bioOf(mika)).toBe('');
    await profiles(0).restore(mika, second);
    expect(await bioOf(mika)).toBe('One');
  });

  test('that were written since are not taken by the same removal', async () => {
    const [mika, first] = [await somebody(), removal()];
    await write(mika, 'One');
    await atOnce(10, (n) => profiles(n).remove(mika, first));
    await write(mika, 'Two');
    await profiles(0).remove(mika, first);
    expect(await bioOf(mika)).toBe('Two');
    await profiles(0).restore(mika, first);
    expect(await bioOf(mika)).toBe('Two');
  });
});

test('of two removals of pictures each gives back its own, and what both took comes back with the last', async () => {
  const [mika, first, second] = [await somebody(), removal(), removal()];
  const [one, two] = ['o'.repeat(22), 't'.repeat(22)];
  const add = (key: string) =>
    stores.sql(
      `INSERT INTO "Picture" ("id", "userId", "kind", "state", "mediaKey", "createdAt") VALUES ($1, $2, 'photo', 'ready', $3, $4)`,
      [newId(), mika, key, clock.now()],
    );
  const shown = async () =>
    (
      await stores.sql<{ key: string }>(
        `SELECT "mediaKey" AS "key" FROM "Picture" WHERE "userId" = $1 AND "state" = 'ready' AND "refusal" IS NULL ORDER BY 1`,
        [mika],
      )
    ).map(({ key }) => key);
  await add(one);
  await pictures.remove(mika, first);
  await add(two);
  for (let n = 0; n < 2; n++) await pictures.remove(mika, second);
  await pictures.restore(mika, first);
  expect(await shown()).toEqual([]);
  await pictures.remove(mika, first);
  await pictures.restore(mika, second);
  expect(await shown()).toEqual([]);
  await pictures.restore(mika, first);
  expect(await shown()).toEqual([one, two]);
  await stores.sql('UPDATE "Picture" SET "takenDownBy" = NULL');
  await pictures.remove(mika, first);
  // Of the release before.
  await stores.sql('UPDATE "Picture" SET "takenDownBy" = NULL');
  await pictures.restore(mika, second);
  expect(await shown()).toEqual([one, two]);
});

test('a message is back once the removal of it and that of all of its conversation are', async () => {
  const mika = await somebody();
  const [talk] = await stores.sql<{ id: string; other: string }>(
    `SELECT "conversation_id"($1, $2) AS "id", $2::uuid AS "other"`,
    [mika, await somebody()],
  );
  const { id } = talk!;
  const [low, high] = [mika, talk!.other].toSorted();
  await stores.sql(
    `INSERT INTO "Conversation" ("id", "lowId", "highId", "state", "askedAt", "lastSeq", "lastAt", "lastChange")
     VALUES ($1, $2, $3, 'accepted', $4, 2, $4, 2)`,
    [id, low, high, clock.now()],
  );
  for (const seq of [1, 2])
    await stores.sql(
      'INSERT INTO "Message" ("conversationId", "seq", "authorId", "clientId", "text", "at", "change") VALUES ($1, $2, $3, $4, $5, $6, $2)',
      [id, seq, mika, newId(), 'Hi', clock.now()],
    );
  const gone = async () =>
    (
      await stores.sql<{ seq: number }>(
        'SELECT "seq" FROM "Message" WHERE "conversationId" = $1 AND "removedAt" IS NOT NULL ORDER BY 1',
        [id],
      )
    ).map(({ seq }) => seq);
  const [one, all] = [removal(), removal()];
  await messages.remove(id, mika, 1, one);
  expect(await gone()).toEqual([1]);
  for (let n = 0; n < 2; n++) await messages.remove(id, mika, null, all);
  expect(await gone()).toEqual([1, 2]);
  await messages.restore(id, mika, 1, one);
  expect(await gone()).toEqual([1, 2]);
  await messages.remove(id, mika, 1, one);
  await messages.restore(id, mika, null, all);
  expect(await gone()).toEqual([1]);
  await messages.restore(id, mika, 1, one);
  expect(await gone()).toEqual([]);
});
