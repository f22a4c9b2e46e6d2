import { expect, test } from '@jest/globals';
import { ApiClient } from '../../support/api.ts';
import { clean } from '../../support/cleaning.ts';
import { rowOf } from '../../support/deletion.ts';
import type { Member } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { partnersIn, talkOf, write } from '../../support/partnering.ts';
import { type Page, textOf, visitor } from '../../support/visitor.ts';
import { days } from '../../../src/kernel/clock.ts';

/** What becomes of the words of somebody who deletes their account, by their choice. */
const house = await houseOfThisFile();
const main = ({ html }: Page): string => textOf(/<main[^]*<\/main>/.exec(html)![0]);
const currentPassword = 'lantern-tandem-42';

/** Ann writes, changes, corrects with a note and reacts; then she goes for good. */
async function gone(leave: (ann: Member) => Promise<{ status: number }>) {
  const { ann, ben: before } = await partnersIn(house);
  const ben = { who: visitor(house), username: before.username };
  await write(ann, ben, 'Wort eins');
  await ann.who.post(`/chats/${ben.username}/messages/2/edit`, { text: 'Wort zwei' });
  await write(before, ann, 'Ich habe gegangen.');
  const fields = { text: 'Ich bin gegangen.', note: 'Mit sein', clientId: '', language: '' };
  await ann.who.post(`/chats/${ben.username}/messages/3/correct`, fields);
  await ann.who.post(`/chats/${ben.username}/messages/3/react`, { emoji: '👍' });
  const { body } = await new ApiClient(before.who).get(`/chats/${ann.username}`);
  const { id } = (await rowOf(house, ann.username))!;
  expect([200, 303]).toContain((await leave(ann)).status);
  house.clock.pass(days(14));
  await clean(house);
  expect(await rowOf(house, ann.username)).toBeUndefined();
  // Two weeks later his session is over.
  await ben.who.signIn(ben.username, currentPassword);
  const name = String(body.id);
  const kept = await house.stores.sql('SELECT FROM "MessageReaction" WHERE "userId" = $1', [id]);
  expect(kept).toEqual([]);
  return {
    ben,
    name,
    page: await ben.who.get(`/chats/${name}`),
    talk: await talkOf(ben, { username: name }),
  };
}

const byPage = (messages?: string) => (ann: Member) =>
  ann.who.post('/settings/account/delete', { currentPassword, ...(messages ? { messages } : {}) });
const byApi = (messages?: string) => async (ann: Member) => {
  const api = new ApiClient(ann.who);
  await api.post('/settings/confirm', { currentPassword });
  return api.post('/settings/account/delete', { currentPassword, ...(messages ? { messages } : {}) });
};

test.each([
  ['by page, unless they say something else', byPage()],
  ['by page', byPage('erase')],
  ['by API', byApi('erase')],
])('erased %s: their numbers stay, and no word, version, note or reaction', async (_name, leave) => {
  const { ben, name, page, talk } = await gone(leave);
  expect(talk.messages.map(({ seq, text }) => [seq, text])).toEqual([
    [1, null],
    [2, null],
    [3, 'Ich habe gegangen.'],
    [4, null],
  ]);
  expect(main(page)).toContain("You can't write to each other here.");
  for (const word of ['Wort', 'Mit sein', 'Ich bin gegangen']) expect(page.html).not.toContain(word);
  expect((await new ApiClient(ben.who).get(`/chats/${name}/messages/2/history`)).status).toBe(409);
});

test.each([
  ['page', byPage('keep')],
  ['API', byApi('keep')],
])(
  'kept by %s: their words stay without a name, with what they said before and why they corrected',
  async (_name, leave) => {
    const { ben, name, page, talk } = await gone(leave);
    expect(talk.messages.map(({ text }) => text)).toEqual([
      'Hallo!',
      'Wort zwei',
      'Ich habe gegangen.',
      'Ich bin gegangen.',
    ]);
    expect(talk.messages[3]!.note).toBe('Mit sein');
    expect(talk.messages[2]!.reactions).toEqual([]);
    expect(main(page)).toContain('Former member corrected you');
    const { body } = await new ApiClient(ben.who).get(`/chats/${name}/messages/2/history`);
    expect((body.versions as { text: string }[]).map(({ text }) => text)).toEqual(['Wort eins', 'Wort zwei']);
  },
);
