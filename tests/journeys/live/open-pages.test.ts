import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { socketsOf } from '../../support/live/sockets.ts';
import { talkers } from '../../support/live/talkers.ts';
import { textOf, type Visitor, visitor } from '../../support/visitor.ts';

/** What open pages are shown of a conversation, and what they ask for. */
const house = await houseOfThisFile();
const { open } = socketsOf(house);

interface CatchUp {
  items: { seq: number; html: string }[];
  changed: { seq: number; html: string }[];
  change: number;
  [name: string]: unknown;
}

async function askAs(who: Visitor, name: string, after: number, changedAfter: number): Promise<CatchUp> {
  const { html } = await who.get(`/chats/${name}/messages?after=${after}&changedAfter=${changedAfter}`);
  return JSON.parse(html) as CatchUp;
}
const words = (name: string, text: string) => ({ with: name, text, clientId: randomUUID() });

test('a message comes as the page itself shows it, to each in their own view', async () => {
  const [ann, ben] = await talkers(house);
  const [mine, theirs] = [
    await open(ann.who, house, { page: true }),
    await open(ben.who, house, { page: true }),
  ];
  const { clientId } = words('', '');
  await mine.act('chat.send', { with: ben.username, text: 'a <b> & c', clientId });
  const [toMe, toThem] = [await mine.next('chat.message'), await theirs.next('chat.message')];
  expect(toMe.html).toContain(`data-client="${clientId}"`);
  expect(textOf(String(toMe.html))).toMatch(/You.*a &lt;b&gt; &amp; c.*Sent/);
  expect(textOf(String(toThem.html))).toMatch(new RegExp(`${ann.username}.*a &lt;b&gt; &amp; c`));
  expect(toThem.html).not.toContain(clientId);
  const asked = await askAs(ben.who, ann.username, 1, 0);
  expect(asked.items).toEqual([{ seq: 2, html: toThem.html }]);
});

test('a page that comes back asks for what is new and what changed', async () => {
  const [ann, ben] = await talkers(house);
  const mine = await open(ann.who);
  await mine.act('chat.send', words(ben.username, 'Ich bin gegangt'));
  const before = await askAs(ben.who, ann.username, 0, 0);
  expect(before).toMatchObject({ lastSeq: 2, status: 'accepted', draft: '' });
  await mine.act('chat.edit', { with: ben.username, seq: 2, text: 'Ich bin gegangen' });
  await mine.act('chat.send', words(ben.username, 'Und du?'));
  const after = await askAs(ben.who, ann.username, 2, before.change);
  expect(after.items.map(({ seq }) => seq)).toEqual([3]);
  expect(after.changed.map(({ seq }) => seq)).toEqual([2]);
  expect(after.changed[0]!.html).toContain('gegangen');
  expect(after.changed[0]!.html).toContain('history');
  expect(await askAs(ben.who, ann.username, 3, after.change)).toMatchObject({ items: [], changed: [] });
});

test('nobody else learns anything, and a question that makes no sense is none', async () => {
  const [, ben] = await talkers(house);
  const [eve] = await talkers(house);
  const nobody = await eve.who.get('/chats/nobody_called_so/messages?after=0');
  expect(nobody.status).toBe(404);
  const out = await visitor(house).get(`/chats/${ben.username}/messages`);
  expect(out.redirectedTo).toMatch(/^\/login/);
  expect((await eve.who.get(`/chats/${ben.username}/messages?after=x`)).status).toBe(400);
});
