import { expect, test } from '@jest/globals';
import { chatting } from '../support/chatting.ts';
import { tally } from '../support/many.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock } = nodes;
const { blocks, people, hello, answer, status, rows, asOf, newId, writing } = chatting(nodes);

const rounds = 60;
const tables =
  'Conversation Participation Message FirstHello DeclinedHello Partner Block RecordedEvent'.split(' ');
const anew = () =>
  stores.sql(`DO $$ BEGIN ${tables.map((table) => `DELETE FROM "${table}";`).join(' ')} END $$`);
async function annAndBen() {
  const [ann, ben] = await people('ann', 'ben');
  return { ann: ann!, ben: ben! };
}
interface Standing {
  state: string;
  partners: number;
  messages: number;
  last: number;
  counted: number;
}
async function stand(): Promise<Standing> {
  const [found] = await stores.sql<Standing>(`
    SELECT COALESCE((SELECT "state"::text FROM "Conversation"), 'none') AS "state",
           COALESCE((SELECT "lastSeq" FROM "Conversation"), 0) AS "last",
           (SELECT count(*)::int FROM "Partner") AS "partners", (SELECT count(*)::int FROM "Message") AS "messages",
           (SELECT count(*)::int FROM "FirstHello") AS "counted"`);
  return found!;
}
/** How it stands, in one word a thing. */
async function standing(): Promise<string> {
  const { state, partners, messages, last, counted } = await stand();
  return `${state}, ${partners} partners, ${messages} of ${last}, ${counted} counted`;
}
const { random } = Math;
const pause = () => new Promise((done) => setTimeout(done, random() * 6));

test('a block against a hello: it came before and ended with it, or never came', async () => {
  const { ann, ben } = await annAndBen();
  const seen: string[] = [];
  for (let n = 0; n < rounds; n++) {
    await anew();
    const [said] = await Promise.all([
      pause().then(() => hello(n, ann, 'ben')),
      pause().then(() => blocks(n + 1).block(asOf(ben), ann.id)),
    ]);
    seen.push(`${said}: ${await standing()}`);
  }
  const allowed = [
    'sent: ended, 0 partners, 1 of 1, 1 counted',
    'nobody: none, 0 partners, 0 of 0, 0 counted',
  ];
  expect(Object.keys(tally(seen)).filter((one) => !allowed.includes(one))).toEqual([]);
});

test('a block against an acceptance and an answer: nobody stays a partner', async () => {
  const { ann, ben } = await annAndBen();
  const seen: string[] = [];
  for (let n = 0; n < rounds; n++) {
    await anew();
    await hello(n, ann, 'ben');
    const [accepted] = await Promise.all([
      pause().then(() => (n % 2 ? answer(n, 'accept', ben, 'ann') : hello(n, ben, 'ann'))),
      pause().then(() => blocks(n + 1).block(asOf(ann), ben.id)),
    ]);
    const { state, partners } = await stand();
    seen.push(`${accepted}, ${state}, ${partners}`);
  }
  const allowed = ['done, ended, 0', 'accepted, ended, 0', 'nobody, ended, 0'];
  expect(Object.keys(tally(seen)).filter((one) => !allowed.includes(one))).toEqual([]);
});

test('accept, withdraw, decline and block at once: one story', async () => {
  const { ann, ben } = await annAndBen();
  for (let n = 0; n < rounds; n++) {
    await anew();
    await hello(n, ann, 'ben');
    const [accepted, withdrawn] = await Promise.all([
      pause().then(() => answer(n, 'accept', ben, 'ann')),
      pause().then(() => answer(n + 1, 'withdraw', ann, 'ben')),
      pause().then(() => answer(n, 'decline', ben, 'ann')),
      ...(n % 3 ? [] : [pause().then(() => blocks(n + 1).block(asOf(ben), ann.id))]),
    ]);
    const { state, partners } = await stand();
    expect([accepted, withdrawn].filter((one) => one === 'done').length).toBeLessThanOrEqual(1);
    expect(partners).toBe(state === 'accepted' ? 1 : 0);
    if (n % 3) expect(state).toBe(accepted === 'done' ? 'accepted' : 'withdrawn');
    else expect(['ended', 'withdrawn']).toContain(state);
  }
});

test('two who say hello to each other at once are partners, in one conversation of two messages', async () => {
  const { ann, ben } = await annAndBen();
  const seen: string[] = [];
  for (let n = 0; n < rounds; n++) {
    await anew();
    const said = await Promise.all([hello(n, ann, 'ben'), hello(n + 1, ben, 'ann')]);
    seen.push(`${said.toSorted().join(' ')}: ${await standing()}`);
  }
  expect(tally(seen)).toEqual({ 'accepted sent: accepted, 1 partners, 2 of 2, 1 counted': rounds });
});

test('one client id fifty times at once is one message of one number', async () => {
  const { ann, ben } = await annAndBen();
  const clientId = newId();
  const caller = { sessionId: '', address: '10.9.9.9', userAgent: undefined, cookies: undefined };
  const sent = await atOnce(50, (n) =>
    writing(n).sending.send(asOf(ann), { with: 'ben', text: 'Hallo', clientId }, caller),
  );
  expect(new Set(sent.map((one) => one.ok && one.value.seq))).toEqual(new Set([1]));
  expect(await standing()).toBe('requested, 0 partners, 1 of 1, 1 counted');
  expect(await status(ben, 'ann')).toBe('asking');
});

test('fifty acceptances at once are one', async () => {
  const { ann, ben } = await annAndBen();
  await hello(0, ann, 'ben');
  const all = await atOnce(50, (n) => answer(n, 'accept', ben, 'ann'));
  expect(tally(all)).toEqual({ done: 50 });
  expect(await stores.sql(`SELECT FROM "RecordedEvent" WHERE "name" = 'chat.accepted'`)).toHaveLength(1);
  expect(clock.now()).toEqual(asOf(ann).now);
});

test('a hello that runs into the end of its session says nothing', async () => {
  const { ann } = await annAndBen();
  await stores.sql('UPDATE "User" SET "securityVersion" = 1');
  expect(await hello(0, ann, 'ben')).toBe('signed-out');
  expect(await rows('Message')).toEqual([]);
});
