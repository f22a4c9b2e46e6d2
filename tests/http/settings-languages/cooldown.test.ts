import { expect, test } from '@jest/globals';
import { days, hours } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { changesOf, elsewhere, newcomer, settled, speak, spoken, waiting } from '../../support/speaking.ts';
import { textOf } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const countedOf = async (username: string) =>
  (await changesOf(house, username)).map(({ counted }) => counted);

test('the first change within a day of joining is free, the second is not, and the third must wait', async () => {
  const { ann, username } = await newcomer(house);
  expect((await speak(ann, 'de / es')).redirectedTo).toBe('/profile');
  expect((await speak(ann, 'de / fr')).redirectedTo).toBe('/profile');
  expect((await speak(ann, 'de / it')).status).toBe(429);
  expect(await spoken(house, username)).toBe('de / fr');
  expect(await countedOf(username)).toEqual([false, true]);
});

test('a millisecond before the day is over it is still free', async () => {
  const { ann, username } = await newcomer(house);
  house.clock.pass(hours(12));
  await ann.get('/profile');
  house.clock.pass(hours(12) - 1);
  expect((await speak(ann, 'de / es')).status).toBe(303);
  expect((await speak(ann, 'de / fr')).status).toBe(303);
  expect(await countedOf(username)).toEqual([false, true]);
});

test('when the day is over the first change counts', async () => {
  const { ann, username } = await newcomer(house);
  house.clock.pass(hours(12));
  await ann.get('/profile');
  house.clock.pass(hours(12));
  expect((await speak(ann, 'de / es')).status).toBe(303);
  expect((await speak(ann, 'de / fr')).status).toBe(429);
  expect(await countedOf(username)).toEqual([true]);
});

test('the next change is refused a millisecond before 30 days are over, and welcome after it', async () => {
  const speaker = await waiting(house);
  house.clock.pass(days(30) - 1);
  const ann = await elsewhere(house, speaker);
  const early = await speak(ann, 'de / ko');
  expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
  expect(await spoken(house, speaker.username)).toBe('de fr / es-B1 ja');
  house.clock.pass(1);
  expect((await speak(ann, 'de / ko')).redirectedTo).toBe('/profile');
  expect(await spoken(house, speaker.username)).toBe('de / ko');
  expect((await speak(ann, 'de / ja')).header('retry-after')).toBe(String(days(30) / 1000));
});

test('the page of a change that came too soon says when and what must wait, once, and locks languages but no level', async () => {
  house.clock.set('2027-01-10T08:30:00.000Z');
  const { ann } = await waiting(house);
  // What was said of the change before is read.
  await ann.get('/profile');
  house.clock.pass(hours(1));
  const page = await speak(ann, 'de / fr-A2 ja es-C1 ko');
  expect([page.status, page.header('retry-after')]).toEqual([429, String(days(30) / 1000 - 3600)]);
  const text = textOf(page.html);
  expect(text).toContain('Adding Korean and moving French must wait, so nothing was saved.');
  expect(text).toContain('They can change again from 9 Feb 2027 , in 30 days.');
  expect(text.match(/2027/g)).toHaveLength(1);
  expect(page.html).toContain('<time datetime="2027-02-09T08:30:00.000Z" data-shape="day">9 Feb 2027</time>');
  // What stands there is what is saved; levels that were chosen for it stay chosen.
  const sent = [...page.html.matchAll(/<input type="hidden" name="(\w+)" value="(\w\w)">/g)];
  expect(sent.map(([, name, code]) => `${name} ${code}`)).toEqual([
    'nativeLanguage de',
    'nativeLanguage fr',
    'learningLanguages es',
    'learningLanguages ja',
  ]);
  const levels = [...page.html.matchAll(/<option value="(\w+)" selected/g)].map(([, level]) => level);
  expect(levels).toEqual(['C1']);
  expect(page.html).toContain('<title>Error: ');
});

test('the page says before one tries what is free, what is possible and what must wait', async () => {
  house.clock.set('2027-03-01T12:00:00.000Z');
  const note = async (who: { get: (path: string) => Promise<{ html: string }> }) =>
    textOf(
      /<div class="notice notice-\w+">[\s\S]*?<\/div>/.exec(
        (await who.get('/settings/languages')).html,
      )?.[0] ?? '',
    );
  const fresh = await newcomer(house);
  expect(await note(fresh.ann)).toContain('One change is free until 2 Mar 2027, 12:00 UTC');
  const free = await settled(house);
  expect(await note(free.ann)).toContain('the next change is possible from 31 Mar 2027 .');
  const closed = await waiting(house);
  expect(await note(closed.ann)).toContain('can change again from 31 Mar 2027 , in 30 days');
  house.clock.pass(days(30));
  expect(await note(await elsewhere(house, closed))).toContain('If you change them now');
});

test('saying so on the profile: the languages are saved, and when the next change is possible', async () => {
  house.clock.set('2027-06-01T12:00:00.000Z');
  const { ann } = await settled(house);
  expect((await ann.get('/profile')).html).toContain('Your languages are saved.');
  await speak(ann, 'de fr / es');
  const { html } = await ann.get('/profile');
  expect(textOf(html)).toContain('They can change again from 1 Jul 2027 .');
  for (const name of ['German', 'French', 'Spanish']) expect(html).toContain(name);
});

test('a change and back again are two changes', async () => {
  const { ann, username } = await settled(house);
  expect((await speak(ann, 'de / es ja')).status).toBe(303);
  expect((await speak(ann, 'de / es')).status).toBe(429);
  expect(await spoken(house, username)).toBe('de / es ja');
});

test('signing out and in, another device, and many tries shorten nothing', async () => {
  const speaker = await waiting(house);
  await speaker.ann.post('/logout');
  await speaker.ann.signIn(speaker.username, speaker.password);
  const other = await elsewhere(house, speaker);
  for (const who of [speaker.ann, other, speaker.ann]) {
    house.clock.pass(hours(1));
    expect((await speak(who, 'de / ko')).status).toBe(429);
  }
  house.clock.pass(days(30) - hours(3));
  expect((await speak(await elsewhere(house, speaker), 'de / ko')).status).toBe(303);
});

test('while languages must wait the page has them as text and sends them as they are; levels go through', async () => {
  const { ann, username } = await waiting(house);
  const { html } = await ann.get('/settings/languages');
  expect(html).not.toMatch(/<select[^>]*name="(native|learning)Language/);
  expect(textOf(html)).toContain('Your level of Spanish');
  const fields = [...html.matchAll(/<input type="hidden" name="(\w+Languages?)" value="(\w\w)">/g)];
  const sent = (name: string) => fields.filter(([, field]) => field === name).map(([, , code]) => code!);
  const page = await ann.post('/settings/languages', {
    shown: /name="shown" value="([^"]*)"/.exec(html)![1]!,
    nativeLanguage: sent('nativeLanguage'),
    learningLanguages: sent('learningLanguages'),
    levels: ['C2', 'A1'],
  });
  expect(page.redirectedTo).toBe('/profile');
  expect(await spoken(house, username)).toBe('de fr / es-C2 ja-A1');
});
