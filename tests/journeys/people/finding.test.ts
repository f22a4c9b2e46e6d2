import { describe, expect, test } from '@jest/globals';
import { ApiClient } from '../../support/api.ts';
import { memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { languagePairs } from '../../support/language-pairs.ts';
import { block } from '../../support/pairs.ts';
import { idOf } from '../../support/relations.ts';
import { textOf, type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const nextPair = languagePairs();
async function two() {
  const [mine, theirs] = nextPair();
  const ann = await memberOf(house, { nativeLanguage: mine, learningLanguages: [theirs] });
  const ben = await memberOf(house, { nativeLanguage: theirs, learningLanguages: [mine] });
  return { ann, ben, mine, theirs };
}

interface Item {
  username: string;
  reasons: string[];
}
const listOf = async (who: Visitor, query = '') =>
  (await new ApiClient(who).get(`/people${query}`)).body as unknown as {
    items: Item[];
    oneWay: Item[];
    next: string | null;
  };

test('is for members', async () => {
  const page = await visitor(house).get('/people?learn=es');
  expect(page.redirectedTo).toBe(`/login?next=${encodeURIComponent('/people?learn=es')}`);
  expect((await new ApiClient(visitor(house)).get('/people')).status).toBe(401);
});

describe('whoever fits', () => {
  test('stands on the page and in the API, with why and a way to say hello', async () => {
    const { ann, ben, theirs } = await two();
    for (const { who } of [ann, ben]) await who.get('/people');
    const { items, next } = await listOf(ann.who);
    expect(items).toMatchObject([{ username: ben.username, fit: 'both', speaks: theirs, level: null }]);
    expect([items[0]!.reasons, next]).toEqual([['awake', 'newcomer', 'active'], null]);
    const { html } = await ann.who.get('/people');
    expect(html).toContain(`"/people/${ben.username}"`);
    expect(html).toContain(`"/chats/${ben.username}"`);
    expect(textOf(html)).toContain('Awake when you are');
    // No place, no birthday, no moment.
    expect(html).not.toMatch(/1995|utcOffset|activeAt/);
  });

  test('is gone in the next look once anything says so, and back when it does not', async () => {
    const { ann, ben } = await two();
    const names = async () => (await listOf(ann.who)).items.map(({ username }) => username);
    await ben.who.post('/settings/privacy', { visibility: 'nobody', findable: 'band', whoMayWrite: 'band' });
    expect(await names()).toEqual([]);
    await ben.who.post('/settings/privacy', {
      visibility: 'members',
      findable: 'nobody',
      whoMayWrite: 'band',
    });
    expect(await names()).toEqual([]);
    await ben.who.post('/settings/privacy', {
      visibility: 'members',
      findable: 'matches',
      whoMayWrite: 'band',
    });
    expect(await names()).toEqual([ben.username]);
    await ann.who.post(`/people/${ben.username}/hide`);
    expect(await names()).toEqual([]);
    await ann.who.post(`/people/${ben.username}/unhide`);
    expect(await names()).toEqual([ben.username]);
    await block(
      house.stores,
      await idOf(house, ben.username),
      await idOf(house, ann.username),
      house.clock.now(),
    );
    expect(await names()).toEqual([]);
  });

  test('changes with the languages, in the next look', async () => {
    const { ann, ben, mine } = await two();
    await ben.who.post('/settings/languages', {
      nativeLanguage: ['tg'],
      learningLanguages: [mine],
      levels: [''],
    });
    const { items, oneWay } = await listOf(ann.who);
    expect([items, oneWay.map(({ username }) => username)]).toEqual([[], [ben.username]]);
  });
});

test('an address that says what is no choice of ours is read without it, and a strange field leads back', async () => {
  const { ann, ben } = await two();
  const { items } = await listOf(ann.who, '?level=Z9&interest=politics&country=XX&active=ever&learn=zzz');
  expect(items.map(({ username }) => username)).toEqual([ben.username]);
  expect((await ann.who.get('/people?sort=age')).status).toBe(400);
  expect((await ann.who.get(`/people?after=${'x'.repeat(500)}`)).status).toBe(200);
});

test('whoever is hidden is told so, and still finds others', async () => {
  const { ann, ben } = await two();
  await ann.who.post('/settings/privacy', { visibility: 'nobody', findable: 'band', whoMayWrite: 'band' });
  const { html } = await ann.who.get('/people');
  expect(textOf(html)).toContain('Nobody else can see your profile.');
  expect(html).toContain(`"/people/${ben.username}"`);
});

test('how often somebody was shown is known a minute later, of each that was shown', async () => {
  const { ann, ben } = await two();
  await ann.who.get('/people');
  await ann.who.get('/people');
  const id = await idOf(house, ben.username);
  const shown = async () =>
    (
      await house.stores.sql<{ shown: number }>('SELECT "shown" FROM "PersonActivity" WHERE "userId" = $1', [
        id,
      ])
    )[0]?.shown ?? 0;
  expect(await shown()).toBe(0);
  expect(Number(await house.stores.redis.hget('tally:{people-shown}', id))).toBe(2);
});

test("a time zone of one's own decides who is awake, from the next time one is here", async () => {
  const { ann } = await two();
  const id = await idOf(house, ann.username);
  const offset = async () =>
    (
      await house.stores.sql<{ utcOffset: number }>(
        'SELECT "utcOffset" FROM "PersonActivity" WHERE "userId" = $1',
        [id],
      )
    )[0]!.utcOffset;
  await ann.who.get('/people');
  expect(await offset()).toBe(120);
  const api = new ApiClient(ann.who);
  const { body } = await api.get('/settings/profile');
  expect(body.timeZone).toBeNull();
  const { version, shown } = body as { version: number; shown: string };
  const form = {
    displayName: '',
    bio: '',
    country: 'DE',
    visibility: '',
    interests: [''],
    version: String(version),
    shown,
  };
  expect((await api.post('/settings/profile', { ...form, timeZone: 'Mars/Olympus' })).status).toBe(422);
  expect((await api.post('/settings/profile', { ...form, timeZone: 'Asia/Tokyo' })).status).toBe(200);
  expect((await api.get('/settings/profile')).body.timeZone).toBe('Asia/Tokyo');
  house.clock.pass(6 * 3_600_000);
  await ann.who.get('/people');
  expect(await offset()).toBe(540);
  const again = (await api.get('/settings/profile')).body as { version: number; shown: string };
  // An older client says nothing of it; the word for the country's takes it back.
  for (const [timeZone, right] of [
    [undefined, 'Asia/Tokyo'],
    ['country', null],
  ] as const) {
    const sent = {
      ...form,
      version: String(again.version++),
      shown: again.shown,
      ...(timeZone ? { timeZone } : {}),
    };
    expect((await api.post('/settings/profile', sent)).status).toBe(200);
    expect((await api.get('/settings/profile')).body.timeZone).toBe(right);
  }
});

test("a person's page says who they are, then what both share, and asks three questions that fill a hello", async () => {
  const { ann, ben } = await two();
  for (const { who } of [ann, ben]) await who.get('/people');
  const { html } = await ann.who.get(`/people/${ben.username}`);
  const text = textOf(html);
  expect(text).toContain('What connects you');
  expect(text).toContain("You're both awake from 7:00 to 23:00, by your clock");
  expect(html.indexOf('class="card person"')).toBeLessThan(html.indexOf('id="shared"'));
  const starters = [...html.matchAll(/href="(\/chats\/[^"?]+\?text=[^"]+)#text"/g)].map(([, href]) => href!);
  expect(starters.length).toBeGreaterThan(0);
  expect(textOf((await ann.who.get(starters[0]!)).html)).toContain('Hi! I saw that you');
  // Nobody is asked about themselves, and whoever may not be written to has no questions.
  expect((await ben.who.get(`/people/${ben.username}`)).html).not.toContain('id="shared"');
  await ben.who.post('/settings/privacy', { visibility: 'members', findable: 'band', whoMayWrite: 'nobody' });
  expect((await ann.who.get(`/people/${ben.username}`)).html).not.toContain('id="starters"');
});
