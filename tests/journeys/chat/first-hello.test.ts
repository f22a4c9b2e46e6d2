import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { days, hours } from '../../../src/kernel/clock.ts';
import { type Answer, ApiClient } from '../../support/api.ts';
import { clean } from '../../support/cleaning.ts';
import { fetchJson, packedFor } from '../../support/copies.ts';
import { member } from '../../support/deletion.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { statuses, together } from '../../support/many.ts';
import { textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

let said = 0;
/** Words that nobody said before. */
function words(): string {
  const many = ['rot', 'blau', 'gelb', 'weiß', 'braun', 'grau', 'rosa', 'bunt', 'hell', 'dunkel'];
  return String(100 + said++).replace(/\d/g, (digit) => `${many[Number(digit)]!} `);
}

/** Somebody with a program, on a device of their own. */
async function someone() {
  const joined = await member(house);
  const { username } = joined;
  let who = joined.ann;
  let api = new ApiClient(who);
  /** Sessions end within two weeks. */
  const comeBack = async (): Promise<void> => {
    who = visitor(house);
    await who.signIn(username, 'lantern-tandem-42');
    api = new ApiClient(who);
  };
  const hello = (
    other: string,
    text = `Hallo! ${words()}`,
    clientId: string = randomUUID(),
  ): Promise<Answer> => api.post(`/chats/${other}`, { text, clientId });
  const read = async (other: string) => (await api.get(`/chats/${other}`)).body;
  const listed = async (which = ''): Promise<unknown[]> => {
    const { items } = (await api.get(`/chats${which}`)).body as { items: { with: string; status: string }[] };
    return items.map(({ with: name, status }) => [name, status]);
  };
  return {
    get who() {
      return who;
    },
    username,
    comeBack,
    hello,
    read,
    listed,
    get: (path: string) => api.get(path),
    post: (path: string) => api.post(path),
  };
}
/** The first day of an account has limits of its own. */
const settle = (username: string) =>
  house.stores.sql(`UPDATE "User" SET "createdAt" = "createdAt" - interval '2 days' WHERE "username" = $1`, [
    username,
  ]);

test('a hello is said and accepted, and both are partners', async () => {
  const [ann, ben] = [await someone(), await someone()];
  const clientId = randomUUID();
  const said = await ann.hello(ben.username, 'Hallo! Wie war Porto?', clientId);
  expect([said.status, said.body]).toEqual([
    201,
    { seq: 1, at: house.clock.now().toISOString(), clientId, change: 1 },
  ]);
  expect((await ann.hello(ben.username, 'Hallo! Wie war Porto?', clientId)).body).toEqual(said.body);
  expect([await ann.listed(), await ben.listed('/requests'), await ben.listed()]).toEqual([
    [[ben.username, 'asked']],
    [[ann.username, 'asking']],
    [],
  ]);
  expect(await ann.hello(ben.username)).toMatchObject({ status: 409, body: { reason: 'closed' } });
  expect((await ben.post(`/chats/${ann.username}/accept`)).body).toEqual({ with: ann.username });
  expect([await ann.listed(), await ben.listed()]).toEqual([
    [[ben.username, 'accepted']],
    [[ann.username, 'accepted']],
  ]);
  expect(await ann.hello(ben.username)).toMatchObject({ status: 201, body: { seq: 2 } });
  expect(await house.stores.sql('SELECT FROM "Partner"')).toHaveLength(1);
});

test('declining looks like silence: the same bytes of page and API, whatever the sender looks at', async () => {
  const [ann, ben, cem] = [await someone(), await someone(), await someone()];
  for (const other of [ben, cem]) {
    await ann.hello(other.username, 'Hallo, from me');
    house.clock.pass(1);
  }
  const seen = async (other: { username: string }): Promise<unknown[]> => {
    const named = (text: string): string =>
      text.replaceAll(other.username, 'them').replace(/c_[\w-]{22}|[\da-f-]{36}|hue-\d+|avatar-\d+/g, '');
    const [page, api] = [
      await ann.who.get(`/chats/${other.username}`),
      await ann.get(`/chats/${other.username}`),
    ];
    const words = page.html.replaceAll(/name="_csrf" value="[^"]+"|nonce="[^"]+"/g, '');
    return [
      page.status,
      named(words).length,
      api.status,
      named(JSON.stringify(api.body)).replace(/"(at|helloAgainAt)":"[^"]+"/g, ''),
    ];
  };
  await seen(ben);
  await ben.post(`/chats/${ann.username}/decline`);
  expect(await seen(ben)).toEqual(await seen(cem));
  expect(await ann.listed()).toEqual([
    [cem.username, 'asked'],
    [ben.username, 'asked'],
  ]);
  const refused = [await ann.hello(ben.username), await ann.hello(cem.username)];
  expect(refused.map(({ status, body }) => [status, body.reason, body.detail])).toEqual(
    Array(2).fill([409, 'closed', expect.any(String)]),
  );
  for (const other of [ben, cem])
    expect((await ann.post(`/chats/${other.username}/withdraw`)).status).toBe(200);
  expect(await ann.listed()).toEqual([]);
  // What was declined and what was taken back count the same: one hello within a day.
  house.clock.pass(hours(1));
  const closed = await Promise.all([ben, cem].map(({ username }) => ann.who.get(`/chats/${username}`)));
  const pages = await Promise.all([ben, cem].map(({ username }) => ann.who.get(`/people/${username}`)));
  for (const { html } of closed) expect(textOf(html)).toMatch(/You can say hello to \S+ again in 23 hours/);
  for (const { html } of pages) expect(textOf(html)).not.toContain('Say hello');
  house.clock.pass(hours(23));
  for (const { username } of [ben, cem])
    expect(textOf((await ann.who.get(`/people/${username}`)).html)).toContain('Say hello');
});

test('the names of the two may be said, and nobody is greeted by another one', async () => {
  const [ann, ben, cem] = [await someone(), await someone(), await someone()];
  const name = `${ben.username.slice(0, 12)}_b1`;
  await house.stores.sql(
    `UPDATE "User" SET "username" = $2, "usernameKey" = lower($2) WHERE "username" = $1`,
    [ben.username, name],
  );
  const held = await ann.hello(cem.username, `Hi ${name}!`);
  expect([held.status, held.body.reason]).toEqual([422, 'contact-detail']);
  expect((await ann.hello(name, `Hi ${name}! I am ${ann.username}.`)).status).toBe(201);
});

test('contact details are held back with a sentence that says why, beside the text', async () => {
  const [ann, ben] = [await someone(), await someone()];
  const refused = await ann.hello(ben.username, 'Schreib mir: ann@example.com');
  expect(refused).toMatchObject({
    status: 422,
    body: { reason: 'contact-detail', detail: expect.stringContaining('email address') },
  });
  const page = await ann.who.post(`/chats/${ben.username}`, {
    text: 'Ruf an: +49 151 23456789',
    clientId: randomUUID(),
  });
  expect([page.status, page.html.includes('phone number'), page.html.includes('+49 151 23456789')]).toEqual([
    422,
    true,
    true,
  ]);
  expect((await ann.hello(ben.username, 'x'.repeat(501))).status).toBe(422);
  expect((await ann.hello(ben.username, 'x'.repeat(500))).status).toBe(201);
});

test('the fourth hello of a first day waits, and says how long', async () => {
  const ann = await someone();
  const others = await Promise.all([1, 2, 3, 4].map(() => someone()));
  const form = async () => textOf((await ann.who.get(`/chats/${others[3]!.username}`)).html);
  const limit = "In your account's first 24 hours you can say hello to 3 new people, after that to 10 a day.";
  for (const [said, other] of others.slice(0, 3).entries()) {
    expect((await form()).includes(`${limit} This is the last one for now.`)).toBe(said === 2);
    expect((await ann.hello(other.username)).status).toBe(201);
  }
  expect(await form()).toContain(`${limit} You can write to the next one in 24 hours.`);
  house.clock.pass(hours(1));
  const late = await ann.hello(others[3]!.username);
  expect(late).toMatchObject({ status: 429, body: { reason: 'too-often', retryInMs: hours(23) } });
  expect(late.header('retry-after')).toBe(String(23 * 3600));
});

test('of eleven hellos at once, over the API, ten are said', async () => {
  const ann = await someone();
  const others = await Promise.all(Array.from({ length: 11 }, () => someone()));
  await settle(ann.username);
  expect(statuses(await together(11, (n) => ann.hello(others[n]!.username)))).toEqual({ 201: 10, 429: 1 });
});

test('the same words from one device reach four, whichever account says them', async () => {
  const first = await someone();
  const accounts = [first, await someone(), await someone()];
  // One browser after the other: the device cookie goes along.
  const others = await Promise.all(Array.from({ length: 5 }, () => someone()));
  for (const { who } of accounts)
    who.cookies.set('device', [...accounts].map((one) => one.who.cookies.get('device')!).join('~'));
  for (const [n, other] of others.entries())
    expect((await accounts[n % 3]!.hello(other.username, 'Hallo, schöne Bilder!')).status).toBe(201);
  const waiting = await Promise.all(others.map((other) => other.listed('/requests')));
  expect(waiting.map((one) => one.length)).toEqual([1, 1, 1, 1, 0]);
  expect(await accounts[1]!.listed()).toContainEqual([others[4]!.username, 'asked']);
});

test('a list goes on by its cursor, which is of one list and one person', async () => {
  const ben = await someone();
  for (let n = 0; n < 31; n++) await (await someone()).hello(ben.username);
  const first = (await ben.get('/chats/requests')).body as { items: { with: string }[]; next: string };
  const rest = (await ben.get(`/chats/requests?after=${first.next}`)).body as typeof first;
  expect([first.items.length, rest.items.length, rest.next]).toEqual([30, 1, null]);
  expect(new Set([...first.items, ...rest.items].map((one) => one.with)).size).toBe(31);
  const again = async (cursor: string) =>
    ((await ben.get(`/chats/requests?after=${cursor}`)).body as typeof first).items.length;
  expect([await again(`${first.next}x`), await again('made-up')]).toEqual([30, 30]);
  expect(((await ben.get(`/chats?after=${first.next}`)).body as typeof first).items).toEqual([]);
});

test.each(['erase', 'keep'])(
  'who leaves is a former member, whose words go or stay: %s',
  async (messages) => {
    const [ann, ben] = [await someone(), await someone()];
    await ann.hello(ben.username, 'What I said');
    await ben.post(`/chats/${ann.username}/accept`);
    const { id } = await ben.read(ann.username);
    expect(
      (await ann.who.post('/settings/account/delete', { currentPassword: 'lantern-tandem-42', messages }))
        .redirectedTo,
    ).toBe('/');
    expect((await ben.get(`/chats/${ann.username}`)).status).toBe(404);
    expect(await ben.read(String(id))).toMatchObject({
      with: id,
      person: null,
      status: 'former',
      messages: [{ text: 'What I said' }],
    });
    house.clock.pass(days(14));
    await clean(house);
    await ben.comeBack();
    expect(await ben.read(String(id))).toMatchObject({
      person: null,
      status: 'former',
      mayWrite: false,
      messages: [{ seq: 1, mine: false, text: messages === 'keep' ? 'What I said' : null }],
    });
    expect(await ben.listed()).toEqual([[id, 'former']]);
    expect(
      (await ben.who.post('/settings/account/delete', { currentPassword: 'lantern-tandem-42' })).redirectedTo,
    ).toBe('/');
    house.clock.pass(days(14));
    await clean(house);
    expect(
      await house.stores.sql('SELECT FROM "Conversation" WHERE "lowId" IS NULL AND "highId" IS NULL'),
    ).toEqual([]);
  },
);

test('a copy holds my words and whom they went to, and nothing of theirs, nor that they declined', async () => {
  const [ann, ben] = [await someone(), await someone()];
  await ann.hello(ben.username, 'Mine, and mine alone');
  await ben.post(`/chats/${ann.username}/decline`);
  await packedFor(house, ann.who, ann.username);
  const copy = await fetchJson(ann.who);
  expect(copy).toMatchObject({
    conversations: [
      {
        with: ben.username,
        state: 'requested',
        askedByMe: true,
        declinedAt: null,
        messages: [{ text: 'Mine, and mine alone' }],
      },
    ],
    firstHellos: [{ to: ben.username }],
  });
  await packedFor(house, ben.who, ben.username);
  expect(JSON.stringify(await fetchJson(ben.who))).not.toContain('Mine, and mine alone');
});
