import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { ApiClient } from '../../support/api.ts';
import { typedIn } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { messageIn, partnersIn, talkOf, write } from '../../support/partnering.ts';
import { faultsIn, type Page, textOf } from '../../support/visitor.ts';

/** Writing on pages, without a script. */
const house = await houseOfThisFile();
const main = ({ html }: Page): string => textOf(/<main[^]*<\/main>/.exec(html)![0]);
const badgeOf = ({ html }: Page): string | null =>
  /href="\/chats"[^>]*>[^]*?<\/a>/.exec(html)![0].match(/count-dot">(\d+\+?)</)?.[1] ?? null;

test('what is sent stands at the end of both pages, and the same by the API', async () => {
  const { ann, ben } = await partnersIn(house);
  const sent = await write(ann, ben, ' Wie geht’s?\n\nSee https://example.com/a?b=1&c=2 ', {
    language: 'de',
  });
  expect([sent.status, sent.redirectedTo]).toEqual([303, `/chats/${ben.username}#latest`]);
  const page = await ben.who.get(`/chats/${ann.username}`);
  const { html, text } = messageIn(page, 2);
  expect(text).toContain(`${ann.username} Wie geht’s?`);
  expect(html).toContain('lang="de" dir="auto"');
  expect(html).toContain(
    '<a href="https://example.com/a?b=1&amp;c=2" target="_blank" rel="nofollow noopener noreferrer">https://example.com/a?b=1&amp;c=2</a>',
  );
  expect(page.html).toContain('id="latest"');

  const api = new ApiClient(ben.who);
  const answer = await api.post(`/chats/${ann.username}`, {
    text: 'Gut!',
    clientId: randomUUID(),
    answers: '2',
  });
  expect([answer.status, answer.body.seq]).toEqual([201, 3]);
  const mine = messageIn(await ann.who.get(`/chats/${ben.username}`), 3);
  expect(mine.html).toContain('href="#m-2"');
  const [one, other] = [await talkOf(ann, ben), await talkOf(ben, ann)];
  expect(one.messages.map(({ seq, text: said }) => [seq, said])).toEqual(
    other.messages.map(({ seq, text: said }) => [seq, said]),
  );
});

test('the form sent twice is one message', async () => {
  const { ann, ben } = await partnersIn(house);
  const clientId = randomUUID();
  for (let n = 0; n < 2; n++) {
    const sent = await ann.who.post(`/chats/${ben.username}`, { text: 'Einmal', clientId });
    expect(sent.status).toBe(303);
  }
  expect((await talkOf(ben, ann)).messages).toHaveLength(2);
});

test('opening the page is reading: the line before what is new, the counts, and "Read" for whoever wrote', async () => {
  const { ann, ben } = await partnersIn(house);
  await write(ann, ben, 'Eins');
  await write(ann, ben, 'Zwei');
  expect(messageIn(await ann.who.get(`/chats/${ben.username}`), 3).text).toMatch(/Sent/);
  expect(badgeOf(await ben.who.get('/profile'))).toBe('2');
  ben.who.headers = { ...ben.who.headers, 'Sec-Purpose': 'prefetch' };
  await ben.who.get(`/chats/${ann.username}`);
  expect((await talkOf(ben, ann)).readSeq).toBe(1);
  const { 'Sec-Purpose': _, ...headers } = ben.who.headers;
  ben.who.headers = headers;

  const opened = await ben.who.get(`/chats/${ann.username}`);
  expect(opened.html.indexOf('id="new"')).toBeLessThan(opened.html.indexOf('id="m-2"'));
  expect(opened.html.indexOf('id="new"')).toBeGreaterThan(opened.html.indexOf('id="m-1"'));
  expect(badgeOf(opened)).toBeNull();
  expect((await ben.who.get(`/chats/${ann.username}`)).html).not.toContain('id="new"');
  const read = messageIn(await ann.who.get(`/chats/${ben.username}`), 3).text;
  expect([/Read/.test(read), (await talkOf(ann, ben)).theirReadSeq]).toEqual([true, 3]);
  expect(messageIn(await ann.who.get(`/chats/${ben.username}`), 2).text).not.toMatch(/Read|Sent/);
});

test('"Look for new messages" keeps what is typed', async () => {
  const { ann, ben } = await partnersIn(house);
  await write(ben, ann, 'Bist du da?');
  const fields = { text: 'Ich tippe noch', clientId: randomUUID(), language: 'de', answers: '1', do: 'look' };
  const page = await ann.who.post(`/chats/${ben.username}`, fields);
  expect([page.status, typedIn(page)]).toEqual([200, 'Ich tippe noch']);
  expect(page.html).toContain(`name="clientId" value="${fields.clientId}"`);
  expect(page.html).toContain('name="answers" value="1"');
  expect(page.html).toMatch(/value="?de"? selected/);
  expect(messageIn(page, 2).text).toContain('Bist du da?');
  expect((await talkOf(ann, ben)).messages).toHaveLength(2);
});

test('a draft stands in the field until something else does', async () => {
  const { ann, ben } = await partnersIn(house);
  const path = `/chats/${ben.username}`;
  expect((await ann.who.post(`${path}/draft`, { text: 'Noch nicht' })).redirectedTo).toBe(path);
  expect(typedIn(await ann.who.get(path))).toBe('Noch nicht');
  expect(main(await ann.who.get('/chats'))).toContain('Draft: Noch nicht');
  expect(typedIn(await ann.who.get(`${path}?text=Etwas`))).toBe('Etwas');
  expect(typedIn(await ben.who.get(`/chats/${ann.username}`))).toBe('');
});

test('an answer names what it answers, on this page or on an earlier one', async () => {
  const { ann, ben } = await partnersIn(house);
  const page = await ben.who.get(`/chats/${ann.username}?answer=1`);
  expect(page.html).toContain('name="answers" value="1"');
  expect(page.html).toContain(`href="/chats/${ann.username}#text"`);
  expect((await ben.who.get(`/chats/${ann.username}?answer=9`)).html).not.toContain('name="answers"');
  for (let n = 2; n <= 53; n++)
    await new ApiClient(ann.who)
      .post(`/chats/${ben.username}`, { text: `Nummer ${n}`, clientId: randomUUID() })
      .then(() => house.clock.pass(500));
  const later = await ben.who.get(`/chats/${ann.username}?answer=1`);
  expect(later.html).toContain('name="answers" value="1"');
  await write(ben, ann, 'Zur ersten', { answers: '1' });
  expect(messageIn(await ben.who.get(`/chats/${ann.username}`), 54).html).toContain(
    `href="/chats/${ann.username}?before=2#m-1"`,
  );
});

test('earlier messages, and the way back to later ones', async () => {
  const { ann, ben } = await partnersIn(house);
  const path = `/chats/${ben.username}`;
  for (let n = 2; n <= 60; n++) {
    await new ApiClient(ann.who).post(path, { text: `Nummer ${n}`, clientId: randomUUID() });
    house.clock.pass(500);
  }
  const last = await ann.who.get(path);
  expect([last.html.includes('id="m-11"'), last.html.includes('id="m-10"')]).toEqual([true, false]);
  expect(last.html).toContain(`href="${path}?before=11"`);
  expect(last.html).not.toContain('?after=');
  const first = await ann.who.get(`${path}?before=11`);
  expect([first.html.includes('id="m-1"'), first.html.includes('id="m-11"')]).toEqual([true, false]);
  expect(first.html).not.toContain('?before=');
  expect(first.html).toContain(`href="${path}?after=10"`);
  const rest = await ann.who.get(`${path}?after=10`);
  expect([rest.html.includes('id="m-60"'), rest.html.includes('Later messages')]).toEqual([true, false]);
});

test('what is too long, empty or too fast stays in its field, with a sentence that says why', async () => {
  const { ann, ben } = await partnersIn(house);
  const long = await write(ann, ben, 'x'.repeat(4_001));
  expect([long.status, typedIn(long).length]).toEqual([422, 4_001]);
  expect(faultsIn((await write(ann, ben, ' ')).html)).toHaveProperty('text');
  expect((await write(ann, ben, '字'.repeat(4_000))).status).toBe(303);
  const sends = Array.from({ length: 40 }, () =>
    ann.who.post(`/chats/${ben.username}`, { text: 'Schnell', clientId: randomUUID() }),
  );
  const refused = (await Promise.all(sends)).filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect([refused[0]!.header('retry-after'), typedIn(refused[0]!)]).toEqual(['1', 'Schnell']);
});

test('once one of the two blocks, both read on and neither writes', async () => {
  const { ann, ben } = await partnersIn(house);
  const { id } = (await new ApiClient(ann.who).get(`/chats/${ben.username}`)).body;
  await ben.who.post(`/people/${ann.username}/block`);
  expect((await write(ann, ben, 'Hallo?').catch(() => null))?.status ?? 404).toBe(404);
  const page = await ann.who.get(`/chats/${String(id)}`);
  expect(main(page)).toContain("You can't write to each other here.");
  expect([page.html.includes('id="composer"'), page.html.includes('id="m-1"')]).toEqual([false, true]);
  const late = await ann.who.post(`/chats/${String(id)}`, { text: 'Hallo?', clientId: randomUUID() });
  expect([late.status, main(late).includes('Hallo?')]).toEqual([409, true]);
});

test('only emoji are large, and markup is text', async () => {
  const { ann, ben } = await partnersIn(house);
  await write(ann, ben, '☕👍🏽');
  await write(ann, ben, '<b>1 < 2</b> javascript:alert(1) http://user:pw@example.com/');
  const page = await ben.who.get(`/chats/${ann.username}`);
  expect(messageIn(page, 2).html).toMatch(/class="message theirs[^"]* large/);
  const { html } = messageIn(page, 3);
  expect(html).toContain('&lt;b&gt;1 &lt; 2&lt;/b&gt;');
  expect(html).not.toMatch(/href="(?:javascript|https?):/);
});
