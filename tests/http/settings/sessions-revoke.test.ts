import { expect, test } from '@jest/globals';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { sessionsOf } from '../../support/joining.ts';
import {
  alsoOn,
  eventsOf,
  handleOfTheOther,
  isIn,
  revoke,
  revokeOthers,
  sessionsSeenBy,
  sidOf,
} from '../../support/security.ts';
import { visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const kinds = async (username: string) => (await eventsOf(house, username)).map(({ kind }) => kind);
const isKept = async (who: Visitor) => (await sessionsOf(house)).has(sidOf(who));

test('one that is signed out by its owner is dead at its next request, and only that one', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const phone = await alsoOn(house, username);
  const page = await revoke(ann, await handleOfTheOther(ann));
  expect(page.redirectedTo).toBe('/settings/security');
  expect((await ann.get('/settings/security')).html).toContain('That device is signed out.');
  expect(await isKept(phone)).toBe(false);
  expect((await phone.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
  expect(await isIn(ann)).toBe(true);
  expect(await sessionsSeenBy(ann)).toHaveLength(1);
});

test('the one with the button is ended, not one beside it', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const others: Visitor[] = [];
  for (let n = 0; n < 3; n++) {
    house.clock.pass(1);
    others.push(await alsoOn(house, username));
  }
  // Newest first, so the second button is of the second of three.
  const handle = (await sessionsSeenBy(ann))[2]!.handle!;
  await revoke(ann, handle);
  expect(await Promise.all(others.map(isIn))).toEqual([true, false, true]);
});

test('it is dead at every other instance as well', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  await withAnother(house, {}, async (second) => {
    const phone = await alsoOn(house, username, { at: second });
    expect(await isIn(phone)).toBe(true);
    await revoke(ann, await handleOfTheOther(ann));
    expect((await phone.get('/settings/security')).redirectedTo).toBe('/login?next=%2Fsettings%2Fsecurity');
  });
});

test('all others at once: this one stays, and says how many', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const others = [await alsoOn(house, username), await alsoOn(house, username, { remember: 'on' })];
  const stranger = visitor(house);
  await stranger.signUp();
  expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/security');
  expect((await ann.get('/settings/security')).html).toContain('signed out everywhere else (2 places)');
  expect(await Promise.all([ann, ...others, stranger].map(isIn))).toEqual([true, false, false, true]);
  expect((await ann.get('/settings/security')).html).not.toContain('revoke-others');
});

test('a handle that is not of an own other session is 404 and changes nothing', async () => {
  const [ann, ben] = [visitor(house), visitor(house)];
  const [{ username }, other] = [await ann.signUp(), await ben.signUp()];
  const phone = await alsoOn(house, username);
  const tablet = await alsoOn(house, other.username);
  const foreign = await handleOfTheOther(ben);
  const [mine] = (await sessionsSeenBy(phone)).filter(({ isThisOne }) => !isThisOne);
  const before = await kinds(username);
  // The second is of the very session that asks: signing out is another button.
  for (const handle of [foreign, mine!.handle!, sidOf(phone), sidOf(tablet), 'A'.repeat(22), '__proto__'])
    expect([handle, (await revoke(ann, handle)).status]).toEqual([handle, 404]);
  for (const handle of ['x'.repeat(5_000), '%00', '..%2f..', '%E0%A4%A'])
    expect([400, 404]).toContain((await revoke(ann, handle)).status);
  expect(await Promise.all([ann, ben, phone, tablet].map(isIn))).toEqual([true, true, true, true]);
  expect(await kinds(username)).toEqual(before);
});

test('a session that has ended already is 404, and a button of yesterday ends nothing newer', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const phone = await alsoOn(house, username);
  const handle = await handleOfTheOther(ann);
  await phone.post('/logout');
  const again = await alsoOn(house, username);
  expect((await revoke(ann, handle)).status).toBe(404);
  expect(await isIn(again)).toBe(true);
});

test('looking at the addresses ends nothing', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const phone = await alsoOn(house, username);
  const handle = await handleOfTheOther(ann);
  for (const path of [`/settings/sessions/${handle}/revoke`, '/settings/sessions/revoke-others']) {
    const page = await ann.get(path);
    expect([page.status, page.header('allow')]).toEqual([405, 'POST']);
    expect((await ann.send('post', path, '_csrf=made-up')).status).toBe(403);
  }
  expect(await isIn(phone)).toBe(true);
});
