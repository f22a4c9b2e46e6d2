import { beforeEach, describe, expect, test } from '@jest/globals';
import { opaqueIdOf } from '../../../src/features/chat/pairs/conversation-id.ts';
import { days } from '../../../src/kernel/clock.ts';
import { ApiClient } from '../../support/api.ts';
import { clean } from '../../support/cleaning.ts';
import { leave, member, rowOf, type Someone } from '../../support/deletion.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { differences } from '../../support/nobody.ts';
import { makePartners } from '../../support/pairs.ts';
import { type Page, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const sql: typeof house.stores.sql = (text, values) => house.stores.sql(text, values);

interface Kept {
  personId: string | null;
  thing: string;
  evidence: {
    messages: { by: string; text: string | null }[];
    sealed: { text: string }[];
  };
}

let [ann, mika, eve]: Someone[] = [];
let [conversation, opaque] = ['', ''];

/** Thirty messages between two partners, by turns: Mika's have even numbers. */
async function talk(): Promise<void> {
  [ann, mika, eve] = [await member(house), await member(house), await member(house)];
  const [one, other] = [(await rowOf(house, ann.username))!.id, (await rowOf(house, mika.username))!.id];
  const now = house.clock.now();
  await makePartners({ sql }, one, other, now);
  const [low, high] = [one, other].toSorted();
  const [row] = await sql<{ id: string }>('SELECT "conversation_id"($1, $2) AS "id"', [one, other]);
  conversation = row!.id;
  opaque = opaqueIdOf(conversation);
  await sql(
    `INSERT INTO "Conversation" ("id", "lowId", "highId", "state", "askedBy", "askedAt", "acceptedAt", "lastSeq", "lastAt", "lastChange")
     VALUES ($1, $2, $3, 'accepted', $4, $5, $5, 30, $5, 30)`,
    [conversation, low, high, one, now],
  );
  await sql(
    `INSERT INTO "Participation" ("userId", "conversationId", "otherId", "list", "lastAt")
     VALUES ($1, $3, $2, 'chats', $4), ($2, $3, $1, 'chats', $4)`,
    [one, other, conversation, now],
  );
  await sql(
    `INSERT INTO "Message" ("conversationId", "seq", "authorId", "clientId", "text", "at", "change")
     SELECT $1, n, CASE WHEN n % 2 = 0 THEN $3::uuid ELSE $2::uuid END, gen_random_uuid(), 'Words no ' || n, $4, n
     FROM generate_series(1, 30) n`,
    [conversation, one, other, now],
  );
}

beforeEach(talk);

function report(who: Someone, about: string): Promise<Page> {
  return who.ann.post('/report', { about, reason: 'insult', text: '' });
}

async function last(about: string): Promise<Kept> {
  const [row] = await sql<Kept>('SELECT * FROM "Report" WHERE "about" = $1 ORDER BY "at" DESC LIMIT 1', [
    about,
  ]);
  return row!;
}

describe('while the two may go on', () => {
  test('of a message, ten before and after it are kept; the page shows the same', async () => {
    for (const name of [mika!.username, opaque]) {
      const about = `message:${name}:16`;
      const page = await ann!.ann.get(`/report?about=${about}`);
      expect([page.status, page.html.includes('Words no 16')]).toEqual([200, true]);
      expect([...page.html.matchAll(/Words no (\d+)</g)].map(([, n]) => Number(n))).toEqual([
        16,
        ...Array.from({ length: 21 }, (_, n) => n + 6),
      ]);
      expect((await report(ann!, about)).redirectedTo).toBe('/report/sent');
    }
    const { thing, evidence } = await last(`message:${mika!.username}:16`);
    expect(thing).toBe(`message:${conversation}:16`);
    expect(evidence.messages).toHaveLength(21);
    expect(evidence.messages[10]).toMatchObject({ by: 'reported', text: 'Words no 16' });
    expect(evidence.messages[9]).toMatchObject({ by: 'reporter', text: 'Words no 15' });
  });

  test('of a person, and of a conversation, the last twenty between the two are kept', async () => {
    for (const about of [`person:${mika!.username}`, `conversation:${opaque}`]) {
      await report(ann!, about);
      const { evidence } = await last(about);
      expect(evidence.messages.map(({ text }) => text)).toEqual(
        Array.from({ length: 20 }, (_, n) => `Words no ${n + 11}`),
      );
    }
  });

  test('deleted and changed words are opened by a report of the other side, shown on no page, and never the own ones', async () => {
    const moment = house.clock.now();
    await sql(`UPDATE "Message" SET "deletedAt" = $2 WHERE "conversationId" = $1 AND "seq" IN (29, 30)`, [
      conversation,
      moment,
    ]);
    await sql(
      `INSERT INTO "SealedWords" ("id", "thing", "text", "at")
       SELECT gen_random_uuid(), 'message:' || $1::text || ':' || n, 'Before it was changed, ' || n, $2 FROM (VALUES (27), (28)) v(n)`,
      [conversation, moment],
    );
    const about = `message:${opaque}:28`;
    const api = new ApiClient(ann!.ann);
    for (const shown of [
      (await ann!.ann.get(`/report?about=${about}`)).html,
      JSON.stringify((await api.get(`/report?about=${about}`)).body),
    ])
      for (const word of ['Words no 30', 'Words no 29', 'Before it was changed'])
        expect(shown).not.toContain(word);
    await report(ann!, about);
    expect((await last(about)).evidence.sealed.map(({ text }) => text).toSorted()).toEqual([
      'Before it was changed, 28',
      'Words no 30',
    ]);
  });

  test('nobody else reports it, nor what is not there: the same answer', async () => {
    const nothing = await eve!.ann.get(
      `/report?about=conversation:${opaqueIdOf('0f0e0d0c-0b0a-8908-8706-050403020100')}`,
    );
    for (const about of [`conversation:${opaque}`, `message:${opaque}:2`, `message:${mika!.username}:2`]) {
      const page = await eve!.ann.get(`/report?about=${about}`);
      expect([about, page.status, differences(page, nothing)]).toEqual([about, 404, []]);
      expect((await report(eve!, about)).status).toBe(404);
    }
    for (const about of [
      `message:${opaque}:31`,
      `message:${opaque}:15`,
      `message:${opaque}:`,
      `message:${opaque}:1e1`,
    ])
      expect([about, (await ann!.ann.get(`/report?about=${about}`)).status]).toEqual([about, 404]);
  });
});

/** A session does not last so long. */
async function signInAgain(): Promise<void> {
  ann!.ann = visitor(house);
  await ann!.ann.signIn(ann!.username, ann!.password);
  await ann!.ann.get('/settings/account');
}

/** For thirty days to the millisecond, by the conversation's id alone. */
async function reportableForThirtyDays(passed = 0): Promise<void> {
  for (const about of [`person:${mika!.username}`, `message:${mika!.username}:2`])
    expect([about, (await ann!.ann.get(`/report?about=${about}`)).status]).toEqual([about, 404]);
  const about = `message:${opaque}:2`;
  const page = await ann!.ann.get(`/report?about=${about}`);
  expect([page.status, page.html.includes('a former member'), page.html.includes(mika!.username)]).toEqual([
    200,
    true,
    false,
  ]);
  expect((await report(ann!, about)).redirectedTo).toBe('/report/sent');
  expect((await report(ann!, `conversation:${opaque}`)).redirectedTo).toBe('/report/sent');
  house.clock.pass(days(30) - passed - 1);
  await signInAgain();
  expect((await report(ann!, about)).redirectedTo).toBe('/report/sent');
  house.clock.pass(1);
  expect((await report(ann!, about)).status).toBe(404);
}

describe('afterwards', () => {
  test('it is reported by its id for thirty days after a block', async () => {
    await ann!.ann.post(`/people/${mika!.username}/block`);
    await reportableForThirtyDays();
    expect((await last(`message:${opaque}:2`)).personId).toBe((await rowOf(house, mika!.username))!.id);
  });

  test('it is reported by its id for thirty days after the other left, whose words were sealed when their account went', async () => {
    await leave(mika!.ann);
    house.clock.pass(days(14));
    await clean(house);
    expect(await rowOf(house, mika!.username)).toBeUndefined();
    await signInAgain();
    await reportableForThirtyDays(days(14));
    const { personId, evidence } = await last(`message:${opaque}:2`);
    expect(personId).toBeNull();
    expect(evidence.sealed.map(({ text }) => text)).toContain('Words no 2');
    await clean(house);
    expect(await sql('SELECT FROM "SealedWords"')).toEqual([]);
  });
});
