import { expect, test } from '@jest/globals';
import { hours } from '../../../src/kernel/clock.ts';
import { ApiClient } from '../../support/api.ts';
import { ways } from '../../support/both-ways.ts';
import { memberOf, typedIn } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { messageIn, partnersIn, talkOf, write } from '../../support/partnering.ts';
import { type Page, textOf } from '../../support/visitor.ts';

/** Changing and deleting what one wrote. */
const house = await houseOfThisFile();
const main = ({ html }: Page): string => textOf(/<main[^]*<\/main>/.exec(html)![0]);

test.each(ways)('an edit by $name shows to both, and both read what it said before', async (way) => {
  const { ann, ben } = await partnersIn(house);
  await write(ann, ben, 'Eins');
  const path = `/chats/${ben.username}/messages/2`;
  expect(typedIn(await ann.who.get(`${path}/edit`))).toBe('Eins');
  expect((await way.send(ann.who, `${path}/edit`, { text: 'Zwei' })).status).toBe(200);
  expect((await way.send(ben.who, `/chats/${ann.username}/messages/2/edit`, { text: 'Drei' })).status).toBe(
    409,
  );
  const shown = messageIn(await ben.who.get(`/chats/${ann.username}`), 2);
  expect([shown.text.includes('Zwei'), shown.text.includes('Edited')]).toEqual([true, true]);
  for (const [who, other] of [
    [ann, ben],
    [ben, ann],
  ] as const) {
    const history = `/chats/${other.username}/messages/2/history`;
    const page = main(await who.who.get(history));
    expect(page.indexOf('Zwei')).toBeLessThan(page.indexOf('Eins'));
    const { body } = await new ApiClient(who.who).get(history);
    expect((body.versions as { text: string }[]).map(({ text }) => text)).toEqual(['Eins', 'Zwei']);
    expect(body.mine).toBe(who === ann);
  }
});

test('after 24 hours and after ten times there is no editing, and the text stays in the field', async () => {
  const { ann, ben } = await partnersIn(house);
  await write(ann, ben, 'Eins');
  const [chat, path] = [`/chats/${ben.username}`, `/chats/${ben.username}/messages/2/edit`];
  for (let n = 0; n < 10; n++) expect((await ann.who.post(path, { text: `${n}` })).status).toBe(303);
  const often = await ann.who.post(path, { text: 'Elf' });
  expect([often.status, typedIn(often), main(often)]).toEqual([
    409,
    'Elf',
    expect.stringContaining('as often as you can'),
  ]);
  expect((await ann.who.get(chat)).html).not.toContain(path);
  await write(ann, ben, 'Neu');
  const edit = `${chat}/messages/3/edit`;
  house.clock.pass(hours(24) - 60_000);
  expect((await ann.who.get(chat)).html).toContain(edit);
  house.clock.pass(60_000);
  expect((await ann.who.get(chat)).html).not.toContain(edit);
  expect((await ann.who.post(edit, { text: 'Spät' })).status).toBe(409);
});

test.each(ways)('deleting by $name asks first, and leaves "Message deleted" for both', async (way) => {
  const { ann, ben } = await partnersIn(house);
  await write(ann, ben, 'Geheim');
  await write(ben, ann, 'Aha', { answers: '2' });
  const path = `/chats/${ben.username}/messages/2/delete`;
  const asked = await ann.who.get(path);
  expect(main(asked)).toContain('Geheim');
  expect((await way.send(ben.who, `/chats/${ann.username}/messages/2/delete`, {})).status).not.toBe(500);
  expect((await talkOf(ann, ben)).messages[1]!.text).toBe('Geheim');
  expect((await way.send(ann.who, path, {})).status).toBe(200);
  for (const [who, other] of [
    [ann, ben],
    [ben, ann],
  ] as const) {
    const page = await who.who.get(`/chats/${other.username}`);
    expect(page.html).not.toContain('Geheim');
    expect(messageIn(page, 2).text).toContain('Message deleted');
    expect((await who.who.get('/chats')).html).not.toContain('Geheim');
    expect((await who.who.get(`/chats/${other.username}/messages/2/history`)).redirectedTo).toBe(
      `/chats/${other.username}`,
    );
  }
});

test('a third person, and one of another band, find nobody at any of these addresses', async () => {
  const { ann, ben } = await partnersIn(house);
  await write(ann, ben, 'Eins');
  const [third, young] = [await memberOf(house), await memberOf(house, { dateOfBirth: '2010-06-01' })];
  const { id } = (await new ApiClient(ann.who).get(`/chats/${ben.username}`)).body as { id: string };
  for (const { who } of [third, young])
    for (const name of [id, ...(who === young.who ? [ben.username] : [])])
      for (const what of ['edit', 'delete', 'react', 'correct', 'history']) {
        const path = `/chats/${name}/messages/2/${what}`;
        const nobody = await who.get(path.replace(name, 'nobody_called_so'));
        const page = await who.get(path);
        expect([page.status, main(page)]).toEqual([404, main(nobody)]);
        expect((await new ApiClient(who).get(`/chats/${name}/messages/2/history`)).status).toBe(404);
      }
  // To a stranger the address of a name is that of a first hello, where there is no message.
  expect((await third.who.get(`/chats/${ben.username}/messages/2/edit`)).redirectedTo).toBe(
    `/chats/${ben.username}`,
  );
  expect((await third.who.post(`/chats/${ben.username}/messages/2/react`, { emoji: '👍' })).status).not.toBe(
    200,
  );
  expect((await talkOf(ann, ben)).messages[1]!.reactions).toEqual([]);
});
