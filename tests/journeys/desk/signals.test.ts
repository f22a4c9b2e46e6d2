import { expect, test } from '@jest/globals';
import { clean } from '../../support/cleaning.ts';
import { decide, staffOf } from '../../support/desk.ts';
import { memberOf, sayHello } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { block } from '../../support/pairs.ts';
import { idOf } from '../../support/relations.ts';

const house = await houseOfThisFile();
const young = { dateOfBirth: '2010-03-01' };

async function signals(): Promise<string[]> {
  await clean(house);
  const rows = await house.stores.sql<{ thing: string }>(
    `SELECT "thing" FROM "DeskCase" WHERE "kind" = 'signal'`,
  );
  return rows.map(({ thing }) => thing);
}

test('three minors who do not want somebody are a signal, once; two, or grown-ups, are none', async () => {
  const mika = await idOf(house, (await memberOf(house, young)).username);
  const other = await idOf(house, (await memberOf(house)).username);
  for (let n = 0; n < 2; n++) {
    await block(
      house.stores,
      await idOf(house, (await memberOf(house, young)).username),
      mika,
      house.clock.now(),
    );
    await block(house.stores, await idOf(house, (await memberOf(house)).username), other, house.clock.now());
  }
  expect(await signals()).toEqual([]);
  const bea = await memberOf(house, young);
  await house.stores.sql(
    'INSERT INTO "DeclinedHello" ("id", "askedBy", "declinedBy", "at") VALUES (gen_random_uuid(), $1, $2, $3)',
    [mika, await idOf(house, bea.username), house.clock.now()],
  );
  expect(await signals()).toEqual([`signal:minors:${mika}`]);
  expect(await signals()).toHaveLength(1);
});

test('whoever is slowed down by blocks or declines is a signal', async () => {
  await house.empty();
  const mika = await idOf(house, (await memberOf(house)).username);
  for (let n = 0; n < 3; n++) {
    expect(await signals()).toEqual([]);
    await block(house.stores, await idOf(house, (await memberOf(house)).username), mika, house.clock.now());
  }
  expect(await signals()).toEqual([`signal:unwelcome:${mika}`]);
});

test('the same first words to a fifth person wait for the desk, which lets them go', async () => {
  await house.empty();
  const desk = await staffOf(house);
  const mika = await memberOf(house);
  const id = await idOf(house, mika.username);
  await house.stores.sql('UPDATE "User" SET "createdAt" = $2 WHERE "id" = $1', [
    id,
    new Date(house.clock.now().getTime() - 9 * 86_400_000),
  ]);
  const others = [];
  for (let n = 0; n < 5; n++) {
    const other = await memberOf(house);
    await sayHello(mika, other.username, 'Shall we practise Spanish?');
    others.push(other);
  }
  const fifth = others[4]!;
  expect((await fifth.who.get('/chats/requests')).html).not.toContain('practise Spanish');
  expect(await signals()).toEqual([`signal:same-words:${id}`]);
  const [{ id: caseId }] = (await house.stores.sql<{ id: string }>('SELECT "id" FROM "DeskCase"')) as [
    { id: string },
  ];
  expect((await desk.who.get(`/desk/cases/${caseId}`)).html).toContain('practise Spanish');
  await decide(desk, caseId, { act: 'dismiss', fact: '' });
  expect((await fifth.who.get('/chats/requests')).html).toContain('practise Spanish');
});
