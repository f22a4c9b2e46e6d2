import { expect, test } from '@jest/globals';
import { ApiClient } from '../../support/api.ts';
import { ways } from '../../support/both-ways.ts';
import { memberOf, sayHello } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { partnersIn, talkOf, write } from '../../support/partnering.ts';
import { type Page, textOf } from '../../support/visitor.ts';

/** The lists of chats, and what the bar counts. */
const house = await houseOfThisFile();
const main = ({ html }: Page): string => textOf(/<main[^]*<\/main>/.exec(html)![0]);
const badgeOf = ({ html }: Page): string | null =>
  /href="\/chats"[^>]*>[^]*?<\/a>/.exec(html)![0].match(/count-dot">(\d+\+?)</)?.[1] ?? null;
const rowOf = ({ html }: Page, name: string): string =>
  textOf(new RegExp(`<a class="chat-row[^"]*" href="/chats/${name}[^]*?</a>`).exec(html)?.[0] ?? '');

test('a row says what is unread, and leads to it', async () => {
  const { ann, ben } = await partnersIn(house);
  await write(ann, ben, 'Eins', { language: 'de' });
  const page = await ben.who.get('/chats');
  expect(rowOf(page, ann.username)).toMatch(/Eins.*1 new/);
  expect(page.html).toContain(`href="/chats/${ann.username}#new"`);
  const mine = await ann.who.get('/chats');
  expect(rowOf(mine, ben.username)).toContain('You: Eins');
  expect(mine.html).toContain(`href="/chats/${ben.username}#latest"`);
  await ann.who.post(`/chats/${ben.username}/messages/1/correct`, {
    text: 'x',
    note: '',
    clientId: '',
    language: '',
  });
  await ben.who.post(`/chats/${ann.username}/messages/2/correct`, {
    text: 'Eins!',
    note: '',
    clientId: '',
    language: '',
  });
  expect(rowOf(await ann.who.get('/chats'), ben.username)).toContain('Correction: Eins!');
  expect(rowOf(await ben.who.get('/chats'), ann.username)).toContain('Your correction: Eins!');
});

test('the bar counts messages of chats that are not muted, and requests, which their tab counts alone', async () => {
  const { ann, ben } = await partnersIn(house);
  const cleo = await memberOf(house);
  await write(ann, ben, 'Eins');
  await write(ann, ben, 'Zwei');
  await sayHello(cleo, ben.username, 'Hallo, darf ich fragen?');
  const page = await ben.who.get('/chats');
  expect(badgeOf(page)).toBe('3');
  expect(/href="\/chats\/requests"[^]*?<\/a>/.exec(page.html)![0]).toMatch(/count-dot">1</);
  await ben.who.post(`/chats/${ann.username}/mute`);
  const muted = await ben.who.get('/chats');
  expect([badgeOf(muted), rowOf(muted, ann.username)]).toEqual(['1', expect.stringMatching(/Muted.*2 new/)]);
  await ben.who.post(`/chats/${ann.username}/unmute`);
  expect(badgeOf(await ben.who.get('/profile'))).toBe('3');
  await ben.who.post(`/people/${ann.username}/block`);
  expect(badgeOf(await ben.who.get('/profile'))).toBe('1');
});

test('a hundred and more are "99+"', async () => {
  const { ann, ben } = await partnersIn(house);
  for (let n = 0; n < 104; n++) {
    house.clock.pass(500);
    await new ApiClient(ann.who).post(`/chats/${ben.username}`, {
      text: `${n}`,
      clientId: `0193bd3c-0000-7000-8000-${String(n).padStart(12, '0')}`,
    });
  }
  expect(badgeOf(await ben.who.get('/profile'))).toBe('99+');
});

test.each(ways)('muting and archiving by $name, and back', async (way) => {
  const { ann, ben } = await partnersIn(house);
  const chat = `/chats/${ben.username}`;
  expect((await way.send(ann.who, `${chat}/archive`, {})).status).toBe(200);
  expect(rowOf(await ann.who.get('/chats'), ben.username)).toBe('');
  expect(rowOf(await ann.who.get('/chats/archived'), ben.username)).toContain(ben.username);
  const { body } = await new ApiClient(ann.who).get('/chats/archived');
  expect(body.items).toHaveLength(1);
  await write(ben, ann, 'Noch da?');
  expect(rowOf(await ann.who.get('/chats'), ben.username)).toContain('Noch da?');
  for (const what of ['mute', 'archive'])
    expect((await way.send(ann.who, `${chat}/${what}`, {})).status).toBe(200);
  await write(ben, ann, 'Hallo?');
  expect(rowOf(await ann.who.get('/chats'), ben.username)).toBe('');
  expect((await talkOf(ann, ben)).muted).toBe(true);
  for (const what of ['unmute', 'unarchive'])
    expect((await way.send(ann.who, `${chat}/${what}`, {})).status).toBe(200);
  expect(rowOf(await ann.who.get('/chats'), ben.username)).toContain('Hallo?');
});

test('what was pressed is said, with a way back', async () => {
  const { ann, ben } = await partnersIn(house);
  const chat = `/chats/${ben.username}`;
  expect((await ann.who.post(`${chat}/archive`)).redirectedTo).toBe('/chats');
  const told = await ann.who.get('/chats');
  expect([main(told).includes('Archived.'), told.html.includes(`action="${chat}/unarchive"`)]).toEqual([
    true,
    true,
  ]);
  expect((await ann.who.post(`${chat}/mute`)).redirectedTo).toBe(chat);
  expect((await ann.who.get(chat)).html).toContain(`action="${chat}/unmute"`);
  expect(main(await ann.who.get('/chats/archived'))).toContain(ben.username);
});
