import { beforeAll, describe, expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import { ApiClient } from '../../support/api.ts';
import { type Way, ways } from '../../support/both-ways.ts';
import { clean } from '../../support/cleaning.ts';
import { fetchJson, packedFor } from '../../support/copies.ts';
import { leave, member, rowOf, type Someone } from '../../support/deletion.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { statuses, together } from '../../support/many.ts';
import { differences } from '../../support/nobody.ts';
import { makePartners } from '../../support/pairs.ts';
import { textOf, type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const otherProcess = await houseOfThisFile({ beside: house, jobs: false });

const unblockIn = (html: string) => /\/settings\/blocked\/[0-9a-f-]{36}\/unblock/.exec(html)?.[0];
const blocksOf = async (who: Visitor) => (await new ApiClient(who).get('/settings/blocked')).body;
const sees = async (who: Visitor, { username }: Someone) =>
  (await who.get(`/people/${username}`)).status === 200;

async function two(): Promise<[Someone, Someone]> {
  return [await member(house), await member(house)];
}

/** Their session was over meanwhile. */
async function again({ username, password }: Someone): Promise<Visitor> {
  const who = visitor(house);
  await who.signIn(username, password);
  return who;
}

async function idOf({ username }: Someone): Promise<string> {
  return (await rowOf(house, username))!.id;
}

test('a block is for members', async () => {
  const nobody = visitor(house);
  for (const path of ['/people/ann_lee/block', '/settings/blocked'])
    expect((await nobody.get(path)).redirectedTo).toBe(`/login?next=${encodeURIComponent(path)}`);
  expect((await nobody.post('/people/ann_lee/block')).redirectedTo).toContain('/login');
});

test('by pages: the person, More, Block, what it does; then Undo', async () => {
  const [ann, ben] = await two();
  const page = await ann.ann.get(`/people/${ben.username}`);
  expect(page.html).toContain(`href="/people/${ben.username}/block"`);
  const asks = await ann.ann.get(`/people/${ben.username}/block`);
  expect(textOf(asks.html)).toContain(`Block @${ben.username}?`);
  for (const words of ['You won&#39;t see each other anywhere', 'Nobody is told.', 'stays readable for you'])
    expect(asks.html).toContain(words);
  expect(await sees(ann.ann, ben)).toBe(true);

  const done = await ann.ann.post(`/people/${ben.username}/block`);
  expect([done.status, done.redirectedTo]).toEqual([303, '/people']);
  const told = await ann.ann.get('/profile');
  expect(textOf(told.html)).toContain(`You've blocked @${ben.username}.`);
  expect([await sees(ann.ann, ben), await sees(ben.ann, ann)]).toEqual([false, false]);

  const undone = await ann.ann.post(unblockIn(told.html)!);
  expect(undone.redirectedTo).toBe('/settings/blocked');
  expect(textOf((await ann.ann.get('/settings/blocked')).html)).toContain("You've blocked nobody.");
  expect([await sees(ann.ann, ben), await sees(ben.ann, ann)]).toEqual([true, true]);
});

test('nobody blocks or hides themselves, and their own page offers neither', async () => {
  const { ann, username } = await member(house);
  expect((await ann.get(`/people/${username}`)).html).not.toContain('/block');
  for (const what of ['block', 'hide', 'unhide'])
    expect([what, (await ann.post(`/people/${username}/${what}`)).status]).toEqual([what, 404]);
  expect((await ann.get(`/people/${username}/block`)).status).toBe(404);
});

describe.each(ways)('law: a block is total, both ways and at once ($name)', (way: Way) => {
  const send = (who: Someone, path: string) => way.send(who.ann, path, {});
  const block = (who: Someone, whom: Someone) => send(who, `/people/${whom.username}/block`);

  test('each is nobody to the other, on every process, by the next request', async () => {
    const [ann, ben] = await two();
    expect((await block(ann, ben)).status).toBe(200);
    await ann.ann.get('/profile');
    for (const at of [otherProcess, house])
      for (const [who, whom] of [
        [ann, ben],
        [ben, ann],
      ] as const) {
        const theirs = await who.ann.at(at).get(`/people/${whom.username}`);
        const nobodys = await who.ann.get('/people/nobody_called_so');
        expect([theirs.status, differences(theirs, nobodys)]).toEqual([404, []]);
      }
  });

  test('who is blocked cannot block back, hide or unhide by name: there is nobody', async () => {
    const [ann, ben] = await two();
    await block(ann, ben);
    for (const what of ['block', 'hide', 'unhide']) {
      const answers = [ann.username, 'nobody_called_so'].map((name) => send(ben, `/people/${name}/${what}`));
      expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([404, 404]);
    }
    expect((await send(ann, `/people/${ben.username}/block`)).status).toBe(404);
  });

  test('it ends the partnership, and unblocking restores sight, nothing else', async () => {
    const [ann, ben] = await two();
    const ids = [await idOf(ann), await idOf(ben)] as const;
    await makePartners(house.stores, ...ids, house.clock.now());
    const partners = () => house.stores.sql('SELECT FROM "Partner" WHERE "lowId" = ANY($1::uuid[])', [ids]);
    await block(ben, ann);
    expect(await partners()).toEqual([]);
    const { items } = (await blocksOf(ben.ann)) as { items: { id: string }[] };
    expect((await send(ben, `/settings/blocked/${items[0]!.id}/unblock`)).status).toBe(200);
    expect([await sees(ann.ann, ben), await sees(ben.ann, ann), await partners()]).toEqual([true, true, []]);
  });

  test('only the list of those one has blocked oneself still names them, while they exist', async () => {
    const [ann, ben] = await two();
    const { ann: cleo, username: cleos } = await member(house);
    await block(ann, ben);
    house.clock.pass(1000);
    await cleo.get('/profile');
    await block(ann, { ...ben, username: cleos });
    const list = await way.read(ann.ann, '/settings/blocked');
    expect(list.text.indexOf(cleos)).toBeGreaterThan(-1);
    expect(list.text.indexOf(ben.username)).toBeGreaterThan(list.text.indexOf(cleos));
    expect((await way.read(ben.ann, '/settings/blocked')).text).not.toContain(ann.username);

    await leave(ben.ann);
    expect((await way.read(ann.ann, '/settings/blocked')).text).toContain(ben.username);
    house.clock.pass(days(14));
    await clean(house);
    const later = (await way.read(await again(ann), '/settings/blocked')).text;
    expect([later.includes(ben.username), later.includes(cleos)]).toEqual([false, true]);
  });

  test('somebody else’s block is nobody’s to take back', async () => {
    const [ann, ben] = await two();
    await block(ann, ben);
    const { items } = (await blocksOf(ann.ann)) as { items: { id: string }[] };
    for (const id of [items[0]!.id, '0193a5c2-77f1-7f0b-a1d4-5be0c1de9f42', 'x', '%00'])
      await send(ben, `/settings/blocked/${id}/unblock`);
    expect(await sees(ben.ann, ann)).toBe(false);
  });
});

test('a block that is gone already is nowhere to be taken back', async () => {
  const { ann } = await member(house);
  const path = '/settings/blocked/0193a5c2-77f1-7f0b-a1d4-5be0c1de9f42/unblock';
  for (const page of [await ann.get(path), await ann.post(path)])
    expect([page.status, textOf(page.html).includes("They aren't blocked any more.")]).toEqual([404, true]);
  const answer = await new ApiClient(ann).post(path, {});
  expect([answer.status, answer.body.detail]).toEqual([404, "They aren't blocked any more."]);
});

test('the list goes on page by page', async () => {
  const [ann, ben] = await two();
  await house.stores.sql(
    `WITH others AS (
       INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "passwordHash", "dateOfBirth", "country", "createdAt", "updatedAt")
       SELECT gen_random_uuid(), 'page_' || n, 'page_' || n, 'page_' || n || '@example.com', 'page_' || n || '@example.com', now(), '$argon2id$', '1990-01-01', 'DE', now(), now() FROM generate_series(1, 55) n
       RETURNING "id")
     INSERT INTO "Block" ("id", "blockerId", "blockedId", "at") SELECT gen_random_uuid(), $1, "id", $2 FROM others`,
    [await idOf(ann), house.clock.now()],
  );
  await ann.ann.post(`/people/${ben.username}/hide`);
  const first = (await ann.ann.get('/settings/blocked')).html;
  const next = /href="(\/settings\/blocked\?after=[^"]+)"/.exec(first)![1]!;
  const second = (await ann.ann.get(next)).html;
  const names = (html: string) => html.match(/@page_\d+(?=<\/bdi>)/g)!;
  expect([names(first).length, names(second).length]).toEqual([50, 5]);
  expect(new Set([...names(first), ...names(second)]).size).toBe(55);
  expect(second).not.toContain('?after=');
  expect((await ann.ann.get('/settings/blocked?after=anything')).html).toContain('@page_');
});

test('fifty blocks at once are one, and all fifty lead on', async () => {
  const [ann, ben] = await two();
  await ann.ann.get(`/people/${ben.username}/block`);
  const pages = await together(50, () => ann.ann.post(`/people/${ben.username}/block`));
  // Who comes after the first meets nobody by that name; so does the one at the limit of changes.
  const { 303: done = 0, 404: gone = 0, 429: many = 0 } = statuses(pages);
  expect([done >= 1, done + gone + many]).toEqual([true, 50]);
  expect((await blocksOf(ann.ann)).items).toHaveLength(1);
});

describe('whoever one doesn’t want to be suggested', () => {
  let ann: Someone;
  let ben: Someone;
  beforeAll(async () => void ([ann, ben] = await two()));
  const hidden = async () =>
    (await house.stores.sql('SELECT FROM "HiddenPerson" WHERE "hiderId" = $1', [await idOf(ann)])).length;

  test('is hidden by their page, with Undo, and twice is once', async () => {
    for (const path of [`/people/${ben.username}/hide`, `/people/${ben.username}/hide`])
      expect((await ann.ann.post(path)).redirectedTo).toBe('/people');
    const told = (await ann.ann.get('/profile')).html;
    expect(textOf(told)).toContain(`We won't suggest @${ben.username} to you any more.`);
    expect(told).toContain(`action="/people/${ben.username}/unhide"`);
    expect([await hidden(), await sees(ann.ann, ben), await sees(ben.ann, ann)]).toEqual([1, true, true]);
    const page = (await ann.ann.get(`/people/${ben.username}`)).html;
    expect([page.includes('/unhide"'), page.includes('/hide"')]).toEqual([true, false]);
  });

  test('is told nothing', async () => {
    expect((await ben.ann.get('/settings')).html).not.toContain(ann.username);
    expect((await ben.ann.get(`/people/${ann.username}`)).html).toContain('/hide"');
  });

  test('is suggested again afterwards', async () => {
    await ann.ann.post(`/people/${ben.username}/unhide`);
    expect(await hidden()).toBe(0);
    const api = new ApiClient(ann.ann);
    expect((await api.post(`/people/${ben.username}/hide`, {})).status).toBe(200);
    expect([(await api.post(`/people/${ben.username}/unhide`, {})).status, await hidden()]).toEqual([200, 0]);
  });

  test('an address that only takes a form leads to their page', async () => {
    for (const what of ['hide', 'unhide'])
      expect((await ann.ann.get(`/people/${ben.username}/${what}`)).redirectedTo).toBe(
        `/people/${ben.username}`,
      );
  });
});

test('a copy names whom its owner blocked, hid and writes to, and nobody who blocked them', async () => {
  const [ann, ben] = await two();
  const [cleo, dora] = await two();
  const at = house.clock.now();
  await makePartners(house.stores, await idOf(ann), await idOf(cleo), at);
  await ann.ann.post(`/people/${ben.username}/block`);
  await ann.ann.post(`/people/${cleo.username}/hide`);
  await dora.ann.post(`/people/${ann.username}/block`);
  await dora.ann.get('/profile');
  await packedFor(house, ann.ann, ann.username);
  const copy = await fetchJson(ann.ann);
  const sameTime = (value: unknown) => new Date(String(value)).getTime() === at.getTime();
  expect(copy).toMatchObject({
    blockedPeople: [{ username: ben.username }],
    hiddenPeople: [{ username: cleo.username }],
    partners: [{ username: cleo.username }],
  });
  expect(sameTime((copy.partners as { since: string }[])[0]!.since)).toBe(true);
  expect(JSON.stringify(copy)).not.toContain(dora.username);
});

test('of whoever is gone no block, hiding and partnership is left, on either side', async () => {
  const [ann, ben] = await two();
  const cleo = await member(house);
  const id = await idOf(ann);
  await makePartners(house.stores, id, await idOf(cleo), house.clock.now());
  await ann.ann.post(`/people/${ben.username}/block`);
  await cleo.ann.post(`/people/${ann.username}/hide`);
  await ann.ann.post(`/people/${cleo.username}/hide`);
  const left = () =>
    house.stores.sql(
      `SELECT FROM "Block" WHERE $1 IN ("blockerId", "blockedId") UNION ALL
       SELECT FROM "HiddenPerson" WHERE $1 IN ("hiderId", "hiddenId") UNION ALL
       SELECT FROM "Partner" WHERE $1 IN ("lowId", "highId")`,
      [id],
    );
  expect(await left()).toHaveLength(4);
  await leave(ann.ann);
  house.clock.pass(days(14));
  await clean(house);
  expect(await left()).toEqual([]);
});
