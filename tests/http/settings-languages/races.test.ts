import { expect, test } from '@jest/globals';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { whileLocked } from '../../support/locks.ts';
import { statuses, together } from '../../support/many.ts';
import {
  changesOf,
  elsewhere,
  newcomer,
  openForm,
  settled,
  speak,
  spoken,
  waiting,
} from '../../support/speaking.ts';
import type { Page } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const others = ['fr', 'it', 'pt', 'ko', 'zh', 'ru', 'tr', 'ar', 'hi', 'nl'];
const other = (n: number): string => others[n % others.length]!;

test('of two different changes at once one is made, and the other is told when', async () => {
  const { ann, username } = await settled(house);
  const pages = await together(2, (n) => speak(ann, `de / ${other(n)}`));
  expect(statuses(pages)).toEqual({ 303: 1, 429: 1 });
  const winner = pages.findIndex((page) => page.status === 303);
  expect(await spoken(house, username)).toBe(`de / ${other(winner)}`);
  expect(await changesOf(house, username)).toHaveLength(2);
});

test('of two changes from two tabs with the same form as well', async () => {
  const speaker = await settled(house);
  const tabs = [await openForm(speaker.ann), await openForm(await elsewhere(house, speaker))];
  const pages = await together(2, (n) => tabs[n]!.send(`de / ${other(n)}`));
  expect(statuses(pages)).toEqual({ 303: 1, 429: 1 });
});

/** Fifty that differ: what is so already may be saved at any time. */
const fifty = (n: number): string =>
  `de / ${other(n)} ${['en', 'sv', 'pl', 'cs', 'fi'][Math.floor(n / 10)]!}`;

test('of fifty, one', async () => {
  const { ann, username } = await settled(house);
  const pages = await together(50, (n) => speak(ann, fifty(n)));
  expect(statuses(pages)).toEqual({ 303: 1, 429: 49 });
  expect(await spoken(house, username)).toBe(fifty(pages.findIndex((page) => page.status === 303)));
  expect(await changesOf(house, username)).toHaveLength(2);
});

test('of fifty over two instances of the site, one', async () => {
  const speaker = await settled(house);
  await withAnother(house, {}, async (second) => {
    const twin = (await elsewhere(house, speaker)).at(second);
    const pages = await together(50, (n) => speak(n % 2 ? twin : speaker.ann, fifty(n)));
    expect(statuses(pages)).toEqual({ 303: 1, 429: 49 });
  });
  expect(await changesOf(house, speaker.username)).toHaveLength(2);
});

test('two instances that look at the same moment still make one change', async () => {
  const speaker = await settled(house);
  await withAnother(house, {}, async (second) => {
    const twin = (await elsewhere(house, speaker)).at(second);
    let sent: Promise<Page[]> = Promise.resolve([]);
    await whileLocked(
      house,
      'User',
      async (waiting) => {
        sent = Promise.all([speak(speaker.ann, 'de / fr'), speak(twin, 'de / it')]);
        await waiting(2);
      },
      'EXCLUSIVE',
    );
    expect(statuses(await sent)).toEqual({ 303: 1, 429: 1 });
  });
  expect(await changesOf(house, speaker.username)).toHaveLength(2);
});

test('the free change is free once: of fifty at once one is free and one counts', async () => {
  const { ann, username } = await newcomer(house);
  const pages = await together(50, (n) => speak(ann, fifty(n)));
  expect(statuses(pages)).toEqual({ 303: 2, 429: 48 });
  expect((await changesOf(house, username)).map(({ counted }) => counted)).toEqual([false, true]);
});

test('a double click on "Save" is one change', async () => {
  const { ann, username } = await settled(house);
  const { send } = await openForm(ann);
  const pages = await together(2, () => send('de / es fr-A1'));
  expect(pages.map((page) => page.redirectedTo)).toEqual(['/profile', '/profile']);
  expect(await changesOf(house, username)).toHaveLength(2);
});

test('levels saved at the same time as a change are kept, whichever comes first', async () => {
  for (let round = 0; round < 10; round++) {
    const speaker = await settled(house);
    await speak(speaker.ann, 'de / es-A1');
    const [one, two] = [await openForm(speaker.ann), await openForm(await elsewhere(house, speaker))];
    const change = () => one.send('de fr / es-A1 ko-A2');
    const levels = () => two.send('de / es-B2');
    const pages = await Promise.all(round % 2 ? [change(), levels()] : [levels(), change()]);
    expect(statuses(pages)).toEqual({ 303: 2 });
    expect(await spoken(house, speaker.username)).toBe('de fr / es-B2 ko-A2');
  }
});

test('five tabs that each raise another level lose none', async () => {
  const { ann, username } = await newcomer(house);
  await speak(ann, 'de / es fr it pt ja');
  const forms = await together(5, () => openForm(ann));
  const pages = await together(5, (n) =>
    forms[n]!.send(
      `de / ${['es', 'fr', 'it', 'pt', 'ja'].map((c, at) => (at === n ? `${c}-B1` : c)).join(' ')}`,
    ),
  );
  expect(statuses(pages)).toEqual({ 303: 5 });
  expect(await spoken(house, username)).toBe('de / es-B1 fr-B1 it-B1 pt-B1 ja-B1');
});

test('an old tab that touches levels only does not bring back old languages', async () => {
  const { ann, username } = await settled(house);
  const old = await openForm(ann);
  await speak(ann, 'de tr / ko es');
  expect((await old.send('de / es-C1')).redirectedTo).toBe('/profile');
  expect(await spoken(house, username)).toBe('de tr / ko es-C1');
});

test('an old tab that changes languages is told of the other change, and may save again', async () => {
  const { ann, username } = await newcomer(house);
  const old = await openForm(ann);
  await speak(ann, 'de / es ja ko');
  const page = await old.send('de / es ja-B1 fr');
  expect(page.status).toBe(422);
  expect(page.html).toContain('changed in another window meanwhile');
  expect(page.html).toContain('name="shown" value="de/es.ja.ko"');
  expect(page.html).toMatch(/<option value="fr" selected/);
  expect(await spoken(house, username)).toBe('de / es ja ko');
  const again = await speak(ann, 'de / es ja-B1 fr', { shown: 'de/es.ja.ko' });
  expect(again.redirectedTo).toBe('/profile');
  expect(await spoken(house, username)).toBe('de / es ja-B1 fr');
});

test('levels that are saved while the account goes leave nothing behind', async () => {
  const { ann, username } = await waiting(house);
  const pages = await Promise.all([
    speak(ann, 'de fr / es-C2 ja'),
    house.stores.sql('DELETE FROM "User" WHERE "usernameKey" = $1', [username]),
    speak(ann, 'de fr / es ja-C2'),
  ]);
  for (const page of [pages[0], pages[2]]) expect(page.status).toBe(303);
  expect(await spoken(house, username)).toBe(' / ');
});
