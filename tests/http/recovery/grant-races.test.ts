import { expect, test } from '@jest/globals';
import { whileEventsWait } from '../../support/held-events.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { repeatedly, together } from '../../support/many.ts';
import { setPassword } from '../../support/recovering.ts';
import { grantsFor, holdingGrant, joinedYesterday } from '../../support/resetting.ts';
import { alsoOn, copyOf, eventsOf, isIn } from '../../support/security.ts';
import { type Page, visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const passwords = ['meadow-trumpet-93', 'harbour-violin-58'] as const;
/** Only who won gets a cookie; a second press of the winner's is led to the same page without one. */
const won = (page: Page): boolean =>
  page.redirectedTo === '/login' && page.header('set-cookie') !== undefined;
/** Which of the passwords opens the door now. */
const opening = async (username: string, tried: readonly string[]): Promise<string[]> => {
  const pages = await repeatedly(tried.length, (n) => visitor(house).signIn(username, tried[n]!));
  return tried.filter((_, n) => pages[n]?.redirectedTo === '/profile');
};
const resetsNoted = async (username: string): Promise<number> =>
  (await eventsOf(house, username)).filter(({ kind }) => kind === 'password_reset').length;

test('two sets at the same moment, on two instances: one wins, the other is sent back', async () => {
  await withAnother(house, {}, async (second) => {
    const { username, email, password } = await joinedYesterday(house);
    const who = await holdingGrant(house, email, email);
    const twin = copyOf(second, who);
    const both = [who, twin];
    for (const one of both) await one.get('/password/new');
    let pages: Page[] = [];
    // Both have proved their grant and hashed their password before either is written.
    await whileEventsWait(house, 'password_reset', async ({ waiting, open }) => {
      const sets = both.map((one, n) => setPassword(one, passwords[n]));
      await waiting(2);
      await open();
      pages = await Promise.all(sets);
    });
    expect(pages.map(won).sort((a, b) => Number(a) - Number(b))).toEqual([false, true]);
    expect(pages.find((page) => !won(page))?.redirectedTo).toBe('/password/forgot');
    const winner = pages.findIndex(won);
    expect(await opening(username, [...passwords, password])).toEqual([passwords[winner]]);
    expect(await resetsNoted(username)).toBe(1);
    for (const one of both) expect((await one.get('/password/new')).redirectedTo).toBe('/password/forgot');
    expect(await grantsFor(house, username)).toBe(0);
  });
});

test('two grants of one account, each in its own browser: one wins, the other is worthless', async () => {
  await withAnother(house, {}, async (second) => {
    const { username, email, password } = await joinedYesterday(house);
    const both: Visitor[] = [
      await holdingGrant(house, email, email),
      await holdingGrant(house, username, email),
    ];
    both[1]!.at(second);
    let pages: Page[] = [];
    await whileEventsWait(house, 'password_reset', async ({ waiting, open }) => {
      const sets = both.map((one, n) => setPassword(one, passwords[n]));
      await waiting(2);
      await open();
      pages = await Promise.all(sets);
    });
    expect(pages.filter(won)).toHaveLength(1);
    const winner = pages.findIndex(won);
    expect(await opening(username, [...passwords, password])).toEqual([passwords[winner]]);
    expect((await setPassword(both[1 - winner]!)).redirectedTo).toBe('/password/forgot');
    expect((await both[1 - winner]!.get('/password/new')).redirectedTo).toBe('/password/forgot');
  });
});

test('fifty sets at once, over two instances, set one password', async () => {
  await withAnother(house, {}, async (second) => {
    const { username, email } = await joinedYesterday(house);
    const who = await holdingGrant(house, email, email);
    const twin = copyOf(second, who);
    for (const one of [who, twin]) await one.get('/password/new');
    const pages = await together(50, (n) => setPassword(n % 2 ? twin : who, `meadow-trumpet-${n}`));
    expect(pages.filter(won)).toHaveLength(1);
    expect(pages.filter(({ status }) => status !== 303)).toEqual([]);
    const winner = `meadow-trumpet-${pages.findIndex(won)}`;
    expect(await opening(username, [winner, 'meadow-trumpet-50'])).toEqual([winner]);
    expect(await resetsNoted(username)).toBe(1);
  });
});

test.each([
  ['the settings', 'password_changed'],
  ['the reset', 'password_reset'],
])(
  'a change in the settings and a reset at the same moment: whoever was first wins (%s)',
  async (_, first) => {
    const { username, email, password } = await joinedYesterday(house);
    const ann = await alsoOn(house, username);
    const who = await holdingGrant(house, email, email);
    const inSettings = {
      currentPassword: password,
      password: passwords[0],
      passwordConfirmation: passwords[0],
    };
    const acts = {
      password_changed: () => ann.post('/settings/password', inSettings),
      password_reset: () => setPassword(who, passwords[1]),
    };
    const second = first === 'password_changed' ? 'password_reset' : 'password_changed';
    const pages: Partial<Record<string, Page>> = {};
    await whileEventsWait(house, first, async ({ waiting, open }) => {
      const ofFirst = acts[first as keyof typeof acts]();
      await waiting(1);
      const ofSecond = acts[second]();
      await waiting(2);
      await open();
      pages[first] = await ofFirst;
      pages[second] = await ofSecond;
    });
    const settingsWon = first === 'password_changed';
    expect(pages.password_changed?.redirectedTo).toBe(
      settingsWon ? '/settings/security' : '/login?next=%2Fsettings%2Fpassword',
    );
    expect(pages.password_reset?.redirectedTo).toBe(settingsWon ? '/password/forgot' : '/login');
    expect(await opening(username, [...passwords, password])).toEqual([passwords[settingsWon ? 0 : 1]]);
    expect(await isIn(ann)).toBe(settingsWon);
  },
);
