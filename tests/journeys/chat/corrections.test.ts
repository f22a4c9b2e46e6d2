import { expect, test } from '@jest/globals';
import { ApiClient } from '../../support/api.ts';
import { ways } from '../../support/both-ways.ts';
import { typedIn } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { messageIn, partnersIn, talkOf, write } from '../../support/partnering.ts';
import { type Page, textOf } from '../../support/visitor.ts';

/** Correcting each other, on pages and by the API. */
const house = await houseOfThisFile();
const main = ({ html }: Page): string => textOf(/<main[^]*<\/main>/.exec(html)![0]);

test.each(ways)(
  'a correction by $name shows what was taken out and put in, and is thanked for',
  async (way) => {
    const { ann, ben } = await partnersIn(house);
    await write(ann, ben, 'Ich habe nach Hause gegangen.', { language: 'de' });
    const path = `/chats/${ann.username}/messages/2`;
    const form = await ben.who.get(`${path}/correct`);
    expect([form.status, typedIn(form)]).toEqual([200, 'Ich habe nach Hause gegangen.']);
    const clientId = /name="clientId" value="([^"]+)"/.exec(form.html)![1]!;
    const fields = { text: 'Ich bin nach Hause gegangen.', note: 'With “sein”.', clientId, language: 'de' };
    expect([200, 201]).toContain((await way.send(ben.who, `${path}/correct`, fields)).status);
    expect([200, 201]).toContain((await way.send(ben.who, `${path}/correct`, fields)).status);

    const got = messageIn(await ann.who.get(`/chats/${ben.username}`), 3);
    expect(got.text).toContain(`${ben.username} corrected you`);
    expect(got.html).toMatch(/<del>.*Taken out:.*habe<\/del>/);
    expect(got.html).toMatch(/<ins>.*Put in:.*bin<\/ins>/);
    expect(got.text).toContain('With “sein”.');
    const given = messageIn(await ben.who.get(`/chats/${ann.username}`), 3);
    expect([given.text.includes(`You corrected ${ann.username}`), given.text.includes('Thanks')]).toEqual([
      true,
      false,
    ]);

    const mine = `/chats/${ben.username}`;
    expect((await way.send(ann.who, `${mine}/messages/3/thank`, {})).status).toBe(200);
    expect((await way.send(ann.who, `${mine}/keep`, { seq: '2' })).status).toBe(200);
    const { messages } = await talkOf(ann, ben);
    expect(messages).toHaveLength(3);
    expect(messages[2]).toMatchObject({
      note: 'With “sein”.',
      reactions: [{ emoji: '🙏', mine: true }],
      corrects: { seq: 2, outdated: false },
    });
    expect(messages[1]!.kept).toBe(true);
    expect(messageIn(await ann.who.get(mine), 3).html).not.toContain('/thank');
  },
);

test('buttons lead back to their message', async () => {
  const { ann, ben } = await partnersIn(house);
  const chat = `/chats/${ben.username}`;
  expect((await ann.who.post(`${chat}/messages/1/react`, { emoji: '👍' })).redirectedTo).toBe(`${chat}#m-1`);
  expect((await ann.who.post(`${chat}/messages/1/unreact`)).redirectedTo).toBe(`${chat}#m-1`);
  expect((await ann.who.post(`${chat}/keep`, { seq: '1' })).redirectedTo).toBe(`${chat}#m-1`);
  for (const path of [
    'keep',
    'unkeep',
    'messages/1/unreact',
    'messages/1/thank',
    'mute',
    'archive',
    'read',
    'draft',
  ])
    expect((await ann.who.get(`${chat}/${path}`)).redirectedTo).toBe(chat);
  const none = await ann.who.post(`${chat}/messages/1/react`, { emoji: 'x' });
  expect([none.status, main(none)]).toEqual([422, expect.stringContaining('Choose one emoji.')]);
  expect((await ann.who.get(`${chat}/messages/99/edit`)).redirectedTo).toBe(chat);
  expect(main(await ann.who.get(chat))).toContain("That message isn't there any more.");
});

test('"It’s fine as it is" is a reaction, and a sentence that is all new has no marks', async () => {
  const { ann, ben } = await partnersIn(house);
  await write(ann, ben, 'Ich weiß nicht wie man sagt das', { language: 'de' });
  const form = await ben.who.get(`/chats/${ann.username}/messages/2/correct`);
  expect(form.html).toMatch(/name="emoji" value="✅"/);
  await ben.who.post(`/chats/${ann.username}/messages/2/react`, { emoji: '✅' });
  await ben.who.post(`/chats/${ann.username}/messages/2/correct`, {
    text: 'Mir fehlt gerade dafür ein Wort.',
    note: '',
    clientId: '',
    language: '',
  });
  const { html, text } = messageIn(await ann.who.get(`/chats/${ben.username}`), 3);
  expect([/<del>|<ins>/.test(html), text.includes('Mir fehlt'), text.includes('Ich weiß')]).toEqual([
    false,
    true,
    true,
  ]);
});

test('an edit outdates a correction, and deleting what it corrects takes it along', async () => {
  const { ann, ben } = await partnersIn(house);
  await write(ann, ben, 'Ich habe gegangen.');
  await ben.who.post(`/chats/${ann.username}/messages/2/correct`, {
    text: 'Ich bin gegangen.',
    note: 'sein',
    clientId: '',
    language: '',
  });
  await ann.who.post(`/chats/${ben.username}/messages/2/edit`, { text: 'Ich bin gegangen!' });
  expect(messageIn(await ann.who.get(`/chats/${ben.username}`), 3).text).toContain(
    "You've changed your message since.",
  );
  expect(main(await ann.who.get('/profile/corrections'))).toContain('Put in: bin gegangen.');
  await ann.who.post(`/chats/${ben.username}/messages/2/delete`);
  const gone = messageIn(await ann.who.get(`/chats/${ben.username}`), 3).text;
  expect([gone.includes('gegangen'), gone.includes('sein')]).toEqual([false, false]);
  expect(main(await ann.who.get('/profile/corrections'))).not.toContain('gegangen');
  expect((await ben.who.get(`/chats/${ann.username}/messages/3/history`)).status).toBe(303);
});

test('what one got corrected and what one keeps is a list by language, for oneself alone', async () => {
  const { ann, ben } = await partnersIn(house);
  const path = '/profile/corrections';
  expect(main(await ann.who.get(path))).toContain('No corrections yet');
  await write(ann, ben, 'Ich habe gegangen.', { language: 'de' });
  await ben.who.post(`/chats/${ann.username}/messages/2/correct`, {
    text: 'Ich bin gegangen.',
    note: '',
    clientId: '',
    language: '',
  });
  await write(ben, ann, 'Lo guardo', { language: 'es' });
  await ann.who.post(`/chats/${ben.username}/keep`, { seq: '4' });
  await ann.who.post(`/chats/${ben.username}/keep`, { seq: '3' });

  const api = new ApiClient(ann.who);
  const listed = async (query: string) => {
    const { body } = await api.get(`${path}${query}`);
    const { items, languages } = body as { items: { message: { seq: number } }[]; languages: string[] };
    return [items.map(({ message }) => message.seq), languages.toSorted()];
  };
  expect(await listed('')).toEqual([
    [4, 3],
    ['de', 'es'],
  ]);
  expect(await listed('?language=de')).toEqual([[3], ['de', 'es']]);
  const page = await ann.who.get(`${path}?language=es`);
  expect([main(page).includes('Lo guardo'), main(page).includes('gegangen')]).toEqual([true, false]);
  expect(page.html).toContain(`href="/chats/${ben.username}?before=5#m-4"`);
  expect(main(await ben.who.get(path))).toContain('No corrections yet');
  expect((await ann.who.get('/chats')).html).toContain(`href="${path}"`);
  await ben.who.post(`/people/${ann.username}/block`);
  expect(main(await ann.who.get(path))).not.toContain(ben.username);
});
