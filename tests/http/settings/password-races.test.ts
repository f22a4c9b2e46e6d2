import { expect, test } from '@jest/globals';
import { right } from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { statuses, tally } from '../../support/many.ts';
import { alsoOn, copyOf, eventsOf, isIn, settled } from '../../support/security.ts';
import { type Page, visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const change = (who: Visitor, password: string): Promise<Page> =>
  who.post('/settings/password', { currentPassword: right, password, passwordConfirmation: password });
const ways = (pages: readonly Page[]) => tally(pages.map(({ redirectedTo }) => redirectedTo ?? 'nowhere'));
const changesOf = async (username: string): Promise<number> =>
  (await eventsOf(house, username)).filter(({ kind }) => kind === 'password_changed').length;

test('of two browsers that change it at once, over two instances, one wins and the other is signed out', async () => {
  const laptop = visitor(house);
  const { username, email } = await laptop.signUp();
  await withAnother(house, {}, async (second) => {
    const phone = await alsoOn(house, username, { at: second });
    await Promise.all([laptop.token(), phone.token()]);
    const choices = ['meadow-trumpet-93', 'harbour-cinnamon-58'];
    const pages = await Promise.all([change(laptop, choices[0]!), change(phone, choices[1]!)]);
    expect(ways(pages)).toEqual({ '/settings/security': 1, '/login?next=%2Fsettings%2Fpassword': 1 });
    const winner = pages.findIndex(({ redirectedTo }) => redirectedTo === '/settings/security');
    expect(await Promise.all([laptop, phone].map(isIn))).toEqual([winner === 0, winner === 1]);
    const tries = await Promise.all(choices.map((password) => visitor(house).signIn(username, password)));
    expect(tries.map(({ status }) => status)).toEqual(winner === 0 ? [303, 422] : [422, 303]);
  });
  await settled(house);
  expect(await changesOf(username)).toBe(1);
  expect(house.outbox.to(email).filter(({ subject }) => /was changed/.test(subject ?? ''))).toHaveLength(1);
});

test('of five presses in one browser one counts, and none is an error', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  await ann.token();
  const presses = await Promise.all(
    Array.from({ length: 5 }, async (_, n) => {
      const copy = copyOf(house, ann);
      await copy.get('/settings/password');
      return { copy, password: `meadow-trumpet-9${n}` };
    }),
  );
  const pages = await Promise.all(presses.map(({ copy, password }) => change(copy, password)));
  expect(statuses(pages)).toEqual({ 303: 5 });
  expect(pages.filter(({ redirectedTo }) => redirectedTo === '/settings/security')).toHaveLength(1);
  const still = await Promise.all(presses.map(({ copy }) => isIn(copy)));
  expect(still.filter(Boolean)).toHaveLength(1);
  expect(await changesOf(username)).toBe(1);
});

test('a sign-in with the old password that was under way opens nothing that lasts', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const others = Array.from({ length: 10 }, () => visitor(house));
  await Promise.all([ann, ...others].map((who) => who.token()));
  const [changed, ...signIns] = await Promise.all([
    change(ann, 'meadow-trumpet-93'),
    ...others.map((who) => who.signIn(username, right)),
  ]);
  expect(changed?.redirectedTo).toBe('/settings/security');
  for (const { status } of signIns) expect([303, 422, 429]).toContain(status);
  expect(await Promise.all(others.map(isIn))).toEqual(others.map(() => false));
  expect(await isIn(ann)).toBe(true);
});

test('a second press, after the first one was answered, leaves the browser signed in', async () => {
  const ann = visitor(house);
  await ann.signUp();
  await ann.token();
  const late = copyOf(house, ann);
  await late.get('/settings/password');
  await change(ann, 'meadow-trumpet-93');
  const page = await change(late, 'meadow-trumpet-93');
  expect([page.status, page.redirectedTo, page.header('set-cookie')]).toEqual([
    303,
    '/settings/password',
    undefined,
  ]);
  expect(await isIn(ann)).toBe(true);
});
