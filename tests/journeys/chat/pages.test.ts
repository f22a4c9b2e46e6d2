import { expect, test } from '@jest/globals';
import { hours } from '../../../src/kernel/clock.ts';
import { memberOf, sayHello, typedIn } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { faultsIn, type Page, textOf, visitor } from '../../support/visitor.ts';

/** The pages of first hellos: what each of the two reads, at every step. */
const house = await houseOfThisFile();
const two = () => Promise.all([memberOf(house), memberOf(house)]);
const main = ({ html }: Page): string => textOf(/<main[^]*<\/main>/.exec(html)![0]);
const waitingOf = ({ html }: Page): string | null =>
  /href="\/chats"[^>]*>[^]*?<\/a>/.exec(html)![0].match(/count-dot">(\d+\+?)</)?.[1] ?? null;

test('lists and conversations are for members', async () => {
  for (const path of ['/chats', '/chats/requests', '/chats/mika']) {
    const page = await visitor(house).get(path);
    expect(page.redirectedTo).toBe(`/login?next=${encodeURIComponent(path)}`);
  }
});

test('a hello goes out, waits for its answer, and is accepted', async () => {
  const [ann, ben] = await two();
  expect(main(await ann.who.get('/chats'))).toContain('No chats yet');
  expect(main(await ben.who.get('/chats/requests'))).toContain('Nobody is waiting for your answer');

  const first = await ann.who.get(`/chats/${ben.username}`);
  expect(main(first)).toContain(`Say hello to ${ben.username}`);
  const sent = await sayHello(ann, ben.username, ' مرحبا Ben! ');
  expect([sent.status, sent.redirectedTo]).toEqual([303, `/chats/${ben.username}#latest`]);
  const waiting = main(await ann.who.get(`/chats/${ben.username}`));
  expect(waiting).toContain(
    `Your message waits for ${ben.username} 's answer. You can write more once they answer.`,
  );
  expect(main(await ann.who.get('/chats'))).toContain('Waiting for an answer');

  expect(waitingOf(await ben.who.get('/profile'))).toBe('1');
  const requests = await ben.who.get('/chats/requests');
  expect(main(requests)).toContain('مرحبا Ben!');
  for (const part of ['German', 'Spanish', 'Japanese', 'Germany', 'Accept', 'Not now', 'Block', 'Report'])
    expect(main(requests)).toContain(part);
  expect(main(await ben.who.get(`/chats/${ann.username}`))).toContain(`${ann.username} said hello.`);

  const accepted = await ben.who.post(`/chats/${ann.username}/accept`);
  expect([accepted.status, accepted.redirectedTo]).toEqual([303, `/chats/${ann.username}`]);
  for (const [who, other] of [
    [ann, ben],
    [ben, ann],
  ] as const)
    expect((await who.who.get(`/chats/${other.username}`)).html).toContain('id="composer"');
  expect(waitingOf(await ben.who.get('/profile'))).toBeNull();
  // Pressed again in another tab: how it stands.
  expect((await ben.who.post(`/chats/${ann.username}/accept`)).redirectedTo).toBe(`/chats/${ann.username}`);
});

test('a person’s page leads to the chat with them, or to none where they hear from nobody new', async () => {
  const [ann, ben] = await two();
  const linkOf = async () => {
    const { html } = await ann.who.get(`/people/${ben.username}`);
    return textOf(new RegExp(`<a [^>]*href="/chats/${ben.username}"[^]*?</a>`).exec(html)?.[0] ?? '');
  };
  const lets = (who: string) =>
    house.stores.sql('UPDATE "User" SET "whoMayWrite" = $1::"WhoMayWrite" WHERE "usernameKey" = $2', [
      who,
      ben.username,
    ]);
  expect(await linkOf()).toBe('Say hello');
  await lets('nobody');
  expect(await linkOf()).toBe('');
  expect((await ann.who.get(`/chats/${ben.username}`)).status).toBe(404);
  await lets('band');
  await sayHello(ann, ben.username, 'Hallo!');
  await lets('nobody');
  expect(await linkOf()).toBe('Open chat');
});

test('"Not now" looks like silence, and leaves the way back to whoever said it', async () => {
  const [ann, ben] = await two();
  await sayHello(ann, ben.username, 'Hallo!');
  const before = main(await ann.who.get(`/chats/${ben.username}`));
  expect((await ben.who.post(`/chats/${ann.username}/decline`)).redirectedTo).toBe('/chats/requests');
  expect(main(await ben.who.get('/chats/requests'))).toContain("All right. We won't tell them.");
  expect(main(await ben.who.get('/chats/requests'))).toContain('Nobody is waiting for your answer');
  expect(main(await ann.who.get(`/chats/${ben.username}`))).toBe(before);
  expect(main(await ben.who.get(`/chats/${ann.username}`))).toContain('You chose “Not now” before.');
});

test('a hello is taken back, and nobody reads it any more', async () => {
  const [ann, ben] = await two();
  await sayHello(ann, ben.username, 'Hallo!');
  expect((await ann.who.post(`/chats/${ben.username}/withdraw`)).redirectedTo).toBe(`/chats/${ben.username}`);
  expect(main(await ann.who.get(`/chats/${ben.username}`))).toContain("You've taken your message back.");
  expect(main(await ben.who.get('/chats/requests'))).toContain('Nobody is waiting for your answer');
});

test('what is held back or empty stays in its field, with a sentence that says why', async () => {
  const [ann, ben] = await two();
  const held = await sayHello(ann, ben.username, 'Call me: +49 1512 3456789');
  expect(held.status).toBe(422);
  expect(faultsIn(held.html).text).toMatch(/^There's a phone number in your message\./);
  expect(typedIn(held)).toBe('Call me: +49 1512 3456789');
  const empty = await sayHello(ann, ben.username, '   ');
  expect([empty.status, faultsIn(empty.html)]).toEqual([422, { text: 'Write a few words first.' }]);
  expect((await sayHello(ann, ben.username, 'x'.repeat(501))).status).toBe(422);
  expect(main(await ben.who.get('/chats/requests'))).toContain('Nobody is waiting for your answer');
});

test('too many new people in a day: how long it lasts in words, and the text stays', async () => {
  const ann = await memberOf(house);
  for (let n = 0; n < 3; n++) {
    const { username } = await memberOf(house);
    expect((await sayHello(ann, username, `Hello, number ${n} of today`)).status).toBe(303);
  }
  const { username } = await memberOf(house);
  const full = await sayHello(ann, username, 'And you?');
  expect([full.status, full.header('retry-after')]).toEqual([429, String(hours(24) / 1000)]);
  expect(main(full)).toContain('after that to 10 a day. You can write to the next one in 24 hours.');
  expect(typedIn(full)).toBe('And you?');
});

test('a starter that was chosen stands in the field', async () => {
  const [ann, ben] = await two();
  const { html } = await ann.who.get(`/chats/${ben.username}`);
  const starters = [...html.matchAll(/href="(\/chats\/[^"]+\?text=[^"]+)#text"/g)].map(([, href]) =>
    href!.replaceAll('&#39;', "'"),
  );
  expect(starters).toHaveLength(3);
  expect(typedIn(await ann.who.get(starters[2]!))).toBe(
    'Hi! I saw that you&#39;re learning Japanese. What made you choose it?',
  );
  expect(typedIn(await ann.who.get(`/chats/${ben.username}?text=${'x'.repeat(8000)}`))).toBe('');
});

test('addresses of answers lead to their page, and a form left open is shown again', async () => {
  const [ann, ben] = await two();
  for (const what of ['accept', 'decline', 'withdraw'])
    expect((await ann.who.get(`/chats/${ben.username}/${what}`)).redirectedTo).toBe(`/chats/${ben.username}`);
  const { html } = await ann.who.get(`/chats/${ben.username}`);
  const clientId = /name="clientId" value="([^"]+)"/.exec(html)![1];
  ann.who.headers = { Origin: `http://${house.host}` };
  const late = await ann.who.send(
    'post',
    `/chats/${ben.username}`,
    new URLSearchParams({ _csrf: 'old', text: 'Hallo!', clientId: clientId! }).toString(),
  );
  expect([late.status, typedIn(late)]).toEqual([403, 'Hallo!']);
});

test('those under 18 are told how to stay safe, and the other bands are nobody', async () => {
  const young = { dateOfBirth: '2010-06-01' };
  const [ann, kim, lee] = [await memberOf(house), await memberOf(house, young), await memberOf(house, young)];
  const nobody = main(await ann.who.get('/chats/nobody_called_so'));
  const page = await ann.who.get(`/chats/${kim.username}`);
  expect([page.status, main(page)]).toEqual([404, nobody]);
  expect((await kim.who.get(`/chats/${ann.username}`)).status).toBe(404);
  expect((await sayHello(ann, kim.username, 'Hi')).status).toBe(404);
  // A match: each speaks what the other learns.
  await house.stores.sql('UPDATE "User" SET "whoMayWrite" = $1 WHERE "usernameKey" = $2', [
    'band',
    lee.username,
  ]);
  const safe = await kim.who.get(`/chats/${lee.username}`);
  expect([safe.status, safe.html.includes('href="/safety"')]).toEqual([200, true]);
  expect((await ann.who.get(`/chats/${(await memberOf(house)).username}`)).html).not.toContain(
    'How to stay safe',
  );
});
