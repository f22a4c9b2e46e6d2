import { beforeEach, describe, expect, test } from '@jest/globals';
import { ApiClient } from '../../support/api.ts';
import { eventually } from '../../support/captured.ts';
import { clean } from '../../support/cleaning.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { bornOn } from '../../support/pairs.ts';
import { type Between, idOf, relate } from '../../support/relations.ts';
import { textOf, visitor } from '../../support/visitor.ts';
import type { Relation } from '../../support/who-may-what.ts';

/** Two people of one band, of whom the older comes into the next one at midnight in UTC−12. */
const house = await houseOfThisFile();
const midnight = '2026-06-16T12:00:00.000Z';

async function somebody(born: string, band: string) {
  const who = visitor(house);
  const { username } = await who.signUp();
  const id = await idOf(house, username);
  await bornOn(house.stores, id, born, band);
  return { who, username, id, sees: async (other: string) => (await who.get(`/people/${other}`)).status };
}
type Somebody = Awaited<ReturnType<typeof somebody>>;

describe.each([
  ['15 becomes 16', '2010-06-16', '2010-09-01', 'under-16'],
  ['17 becomes 18', '2008-06-16', '2008-09-01', '16-17'],
])('%s:', (_, born, later, band) => {
  let [older, younger]: Somebody[] = [];
  beforeEach(async () => {
    house.clock.set('2026-06-16T11:59:59.999Z');
    [older, younger] = [await somebody(born, band), await somebody(later, band)];
  });
  const see = async () => [await older!.sees(younger!.username), await younger!.sees(older!.username)];
  /** As the older one has it to the younger. */
  const are = (relation: Relation): Promise<Between['conversation']> =>
    relate(house, older!.id, younger!.id, relation);
  const requestsOf = async ({ who }: Somebody) =>
    (await new ApiClient(who).get('/chats/requests')).body.items as unknown[];
  const pass = () => house.clock.set(midnight);

  test('strangers see each other until then, and no millisecond longer', async () => {
    expect(await see()).toEqual([200, 200]);
    pass();
    expect(await see()).toEqual([404, 404]);
    await clean(house);
    expect(await see()).toEqual([404, 404]);
  });

  test('partners go on, and the younger alone is told, once', async () => {
    await are('partner');
    pass();
    await clean(house);
    expect(await see()).toEqual([200, 200]);
    const [mine, theirs] = [`/chats/${younger!.username}`, `/chats/${older!.username}`];
    const told = `${older!.username} is in another age group now.`;
    const pages = async () => [
      textOf((await older!.who.get('/chats')).html).includes('age group'),
      textOf((await older!.who.get(mine)).html).includes('age group'),
      textOf((await younger!.who.get('/chats')).html).includes(told),
      textOf((await younger!.who.get(theirs)).html).includes(told),
    ];
    expect(await pages()).toEqual([false, false, true, true]);
    const { html } = await younger!.who.get(theirs);
    expect(html).toContain(`href="/people/${older!.username}/block"`);
    expect(html).toContain(`href="/report?about=person:${older!.username}"`);

    const read = { username: older!.username, next: theirs };
    expect((await younger!.who.post('/safety/parted/read', read)).redirectedTo).toBe(theirs);
    await clean(house);
    expect(await pages()).toEqual([false, false, false, false]);
  });

  test.each([
    ['the older', 'requested by me'],
    ['the younger', 'requested by them'],
  ] as const)('a hello of %s that waits cannot be accepted, and is taken back', async (_who, relation) => {
    await are(relation);
    const [asker, asked] = relation === 'requested by me' ? [older!, younger!] : [younger!, older!];
    expect(await requestsOf(asked)).toHaveLength(1);
    pass();
    expect(await requestsOf(asked)).toHaveLength(0);
    const accepted = await new ApiClient(asked.who).post(`/chats/${asker.username}/accept`);
    expect(accepted.status).toBe(404);
    await clean(house);
    await eventually(async () => {
      const rows = await house.stores.sql<{ state: string }>(
        'SELECT "state" FROM "Conversation" WHERE "lowId" IN ($1, $2) AND "highId" IN ($1, $2)',
        [older!.id, younger!.id],
      );
      return rows.every(({ state }) => state === 'ended');
    }, 'the hello to be taken back');
    const partners = await house.stores.sql('SELECT FROM "Partner" WHERE $1 IN ("lowId", "highId")', [
      older!.id,
    ]);
    expect([await see(), partners]).toEqual([[404, 404], []]);
  });
});
