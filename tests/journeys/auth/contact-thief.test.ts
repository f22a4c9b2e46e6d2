import { expect, test } from '@jest/globals';
import { days, hours, minutes } from '../../../src/kernel/clock.ts';
import { clean } from '../../support/cleaning.ts';
import {
  changeEmail,
  changeMobile,
  contactsOf,
  typeContactCode,
  undoIn,
  waysRunOut,
} from '../../support/contacts.ts';
import { type TestHouse, houseOfThisFile, withAnother } from '../../support/house.ts';
import { leave, rowOf } from '../../support/deletion.ts';
import { repeatedly, tally, together } from '../../support/many.ts';
import { another, forgot, granted, recovering, setPassword } from '../../support/recovering.ts';
import { copyOf, isIn } from '../../support/security.ts';
import { type Visitor, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const old = 'lantern-tandem-42';
const thiefs = 'harbour-violin-58';

/** Somebody whose email a thief, who knows the password, has just changed; `way` went to the old address. */
async function robbed() {
  const thief = visitor(house);
  const { username, email } = await thief.signUp();
  const next = await changeEmail(house, thief);
  const owner = visitor(house);
  const way = await undoIn(house, email);
  await owner.get(way);
  await thief.get('/settings/contact');
  return { thief, owner, username, email, next, way };
}
type Robbed = Awaited<ReturnType<typeof robbed>>;

function changePassword(who: Visitor, currentPassword = old, password = thiefs) {
  return who.post('/settings/password', { currentPassword, password, passwordConfirmation: password });
}

async function opens(there: TestHouse, username: string, password: string): Promise<boolean> {
  const { status } = await visitor(there).signIn(username, password);
  if (![303, 422, 429].includes(status)) throw new Error(`the sign-in answered ${status}`);
  return status === 303;
}

/** What a thief does in the very moment of the undo, on the other instance. */
const moves: Record<string, (robbery: Robbed, other: TestHouse) => Promise<() => Promise<unknown>>> = {
  async 'signs in once more and changes the email again'({ username }, other) {
    const doors = await repeatedly(3, async () => {
      const door = visitor(other);
      await door.get('/login');
      return door;
    });
    return () =>
      Promise.all(
        doors.map(async (door) => {
          await door.signIn(username, old);
          await door.post('/settings/contact/email', { email: 'x@example.org', currentPassword: old });
        }),
      );
  },
  async 'changes the password'({ thief }, other) {
    thief.at(other);
    return () => changePassword(thief);
  },
  async 'closes the account'({ thief }, other) {
    thief.at(other);
    return () => leave(thief);
  },
  async 'types the code of a number'({ thief }, other) {
    const mobile = `+491512${String(Math.random()).slice(2, 9)}`;
    await thief.post('/settings/contact/mobile', { mobileCountry: '', mobile, currentPassword: old });
    const code = await house.outbox.nextCode(mobile);
    thief.at(other);
    return () => typeContactCode(thief, code);
  },
  async 'sets a password by the new address'({ next }, other) {
    const grant = await granted(house, next, next);
    await grant.get('/password/new');
    grant.at(other);
    return () => setPassword(grant, thiefs);
  },
};

test.each(Object.keys(moves))(
  'the owner wins each time against a thief who %s while the link is pressed',
  async (name) => {
    await withAnother(house, {}, async (other) => {
      for (let round = 0; round < 5; round++) {
        const robbery = await robbed();
        const { owner, thief, username, email, way } = robbery;
        const move = await moves[name]!(robbery, other);
        const [page] = await Promise.all([owner.post(way), move()]);
        expect(page.redirectedTo).toBe('/password/new');
        // The thief knows the password, and whatever it was made meanwhile.
        for (const password of [old, thiefs]) expect(await opens(other, username, password)).toBe(false);
        expect(await isIn(thief)).toBe(false);
        expect((await setPassword(owner)).redirectedTo).toBe('/login');
        expect((await owner.signIn(username, another)).redirectedTo).toBe('/people');
        expect(await contactsOf(house, username)).toMatchObject({ email, phone: null });
        expect(await rowOf(house, username)).toMatchObject({ leavingAt: null, purgeAt: null });
        for (const password of [old, thiefs]) expect(await opens(other, username, password)).toBe(false);
      }
    });
  },
);

test.each(['changed', 'removed'] as const)(
  'a number that the thief added first goes with the newest link, once the email was %s, and opens nothing',
  async (how) => {
    await withAnother(house, {}, async (other) => {
      for (let round = 0; round < 3; round++) {
        const thief = visitor(house);
        const { username, email } = await thief.signUp();
        const number = await changeMobile(house, thief);
        await undoIn(house, email);
        await thief.get('/settings/contact');
        if (how === 'changed') await changeEmail(house, thief);
        else await thief.post('/settings/contact/email/remove', { currentPassword: old });
        const way = await undoIn(house, email);
        await undoIn(house, number);
        // The thief has by the number all that it opens: a grant, a code, and a link.
        const grant = await granted(house, number, number);
        const { who: waiting, code } = await recovering(house, number, number);
        for (let n = 0; n < 4; n++) await forgot(visitor(house), number);
        const link = await linkTo(number);
        await grant.get('/password/new');
        grant.at(other);

        const owner = visitor(house);
        expect(textOf((await owner.get(way)).html)).toContain('no mobile number');
        const [pressed] = await Promise.all([owner.post(way), setPassword(grant, thiefs)]);
        expect(pressed.redirectedTo).toBe('/password/new');
        expect((await visitor(other).get(link)).redirectedTo).toBe('/password/forgot');
        waiting.at(other);
        expect((await waiting.post('/password/code', { code })).status).toBe(422);
        expect((await setPassword(grant, thiefs)).redirectedTo).toBe('/password/forgot');
        house.clock.pass(minutes(9));
        for (const password of [old, thiefs]) expect(await opens(other, username, password)).toBe(false);
        expect((await setPassword(owner)).redirectedTo).toBe('/login');
        expect(await isIn(thief)).toBe(false);
        expect((await owner.signIn(username, another)).redirectedTo).toBe('/people');
        expect(await contactsOf(house, username)).toMatchObject({ email, phone: null });
        // Past that hour the number would have codes again.
        house.clock.pass(hours(1));
        const before = house.outbox.to(number).filter(hasCode).length;
        await forgot(visitor(other), number);
        await forgot(visitor(other), username);
        expect(await nextCode(email)).toMatch(/^\d{6}$/);
        expect(house.outbox.to(number).filter(hasCode)).toHaveLength(before);
      }
    });
  },
);

test('the page says all that goes back, and the email that more than one change does', async () => {
  const { owner, thief, way, email } = await robbed();
  const first = textOf((await owner.get(way)).html);
  expect(first).toContain(
    'This takes back every change to your contacts that this email address was told of in the last 72 hours',
  );
  expect(first).not.toContain('mobile number');
  const mobile = await changeMobile(house, thief);
  const page = textOf((await owner.get(way)).html);
  expect(page).toContain(`the email address ${email[0]}••••••••@example.com`);
  expect(page).toContain('no mobile number');
  expect(page).not.toContain(mobile);
  const mail = house.outbox.to(email).at(-1)!;
  for (const text of [mail.text, textOf(mail.html ?? '')])
    expect(text).toContain('takes back every change this address was told of in the last 72 hours');
});

test('the old password is a wrong one like any other, on the owner’s own device too, until a new one is set', async () => {
  const { thief, owner, username, way } = await robbed();
  const wrong = await visitor(house).signIn(username, 'lantern-tandem-43');
  await owner.post(way);
  const known = copyOf(house, thief);
  await known.get('/login');
  for (const who of [visitor(house), known]) {
    const page = await who.signIn(username, old);
    expect([page.status, textOf(page.html)]).toEqual([422, textOf(wrong.html)]);
  }
  const again = await setPassword(owner, old);
  expect([again.status, textOf(again.html).includes("That's your current password.")]).toEqual([422, true]);
  await setPassword(owner);
  expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/people');
});

test.each(['email', 'mobile'] as const)(
  'who closes the browser after the undo gets back in by the %s that the account has',
  async (by) => {
    const ann = visitor(house);
    const { username, email } = await ann.signUp();
    const mobile = await changeMobile(house, ann);
    await undoIn(house, email);
    // A number that came within the 72 hours would go back, too.
    await waysRunOut(house, username);
    await changeEmail(house, ann);
    const owner = visitor(house);
    const way = await undoIn(house, email);
    await owner.get(way);
    await owner.post(way);
    const to = by === 'email' ? email : mobile;
    const later = visitor(house);
    await forgot(later, to);
    await later.post('/password/code', { code: await nextCode(to) });
    expect((await setPassword(later)).redirectedTo).toBe('/login');
    expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/people');
    // Of the two browsers one was first.
    expect((await setPassword(owner, thiefs)).redirectedTo).toBe('/password/forgot');
  },
);

function hasCode({ text }: { text: string }): boolean {
  return /(?<!\d)\d{6}(?!\d)/.test(text);
}

/** The next owner's link to a contact: "/password/link/…". */
async function linkTo(to: string): Promise<string> {
  for (;;) {
    const path = /\/password\/link\/[\w-]{32}/.exec((await house.outbox.next(to)).text)?.[0];
    if (path) return path;
  }
}

/** The code in the next message to a contact that has one. */
async function nextCode(to: string): Promise<string> {
  for (;;) {
    const { text } = await house.outbox.next(to);
    const code = /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0];
    if (code) return code;
  }
}

test.each([
  [minutes(10) - 1, '/login'],
  [minutes(10), '/password/forgot'],
])('%i milliseconds after the undo that browser sets a password: %s', async (ms, to) => {
  const { owner, way } = await robbed();
  await owner.post(way);
  await owner.get('/password/new');
  house.clock.pass(ms);
  expect((await setPassword(owner)).redirectedTo).toBe(to);
});

test('fifty presses of the last button at once, on two instances, set one password; then it is used up', async () => {
  const { owner, username, way } = await robbed();
  await owner.post(way);
  await owner.get('/password/new');
  const spare = copyOf(house, owner);
  const token = await owner.token();
  await withAnother(house, {}, async (other) => {
    const pages = await together(50, (n) =>
      copyOf(n % 2 ? house : other, owner).post('/password/new', {
        _csrf: token,
        password: another,
        passwordConfirmation: another,
      }),
    );
    expect(tally(pages.map((page) => page.status))[500]).toBeUndefined();
  });
  const rows = await house.stores.sql(
    `SELECT FROM "SecurityEvent" e JOIN "User" u ON u."id" = e."userId" WHERE u."username" = $1 AND e."kind" = 'password_reset'`,
    [username],
  );
  expect(rows).toHaveLength(1);
  await setPassword(spare, thiefs);
  expect((await visitor(house).signIn(username, thiefs)).status).toBe(422);
});

test('an owner who asked for a code wins against a thief who changes the password, adds a number and closes the account', async () => {
  await withAnother(house, {}, async (other) => {
    for (let round = 0; round < 5; round++) {
      const thief = visitor(house);
      const { username, email } = await thief.signUp();
      const { who: owner, code } = await recovering(house, username, email);
      await changePassword(thief);
      await changePassword(thief, thiefs, `${thiefs}-2`);
      thief.at(other);
      const [proved] = await Promise.all([
        owner.post('/password/code', { code }),
        changePassword(thief, `${thiefs}-2`, `${thiefs}-3`),
      ]);
      expect(proved.redirectedTo).toBe('/password/new');
      await owner.get('/password/new');
      await thief.get('/settings/password');
      const [set] = await Promise.all([
        setPassword(owner),
        round % 2 ? leave(thief, `${thiefs}-3`) : changePassword(thief, `${thiefs}-3`, `${thiefs}-4`),
      ]);
      expect(set.redirectedTo).toBe('/login');
      expect(await isIn(thief)).toBe(false);
      for (const n of ['', '-2', '-3', '-4']) expect(await opens(other, username, thiefs + n)).toBe(false);
      expect((await owner.signIn(username, another)).redirectedTo).toBe('/people');
      expect((await rowOf(house, username))?.purgeAt).toBeNull();
    }
  });
});

test('the owner’s link for a new password outlives a password that a session changes', async () => {
  const thief = visitor(house);
  const { username, email } = await thief.signUp();
  for (let n = 0; n < 6; n++) await forgot(visitor(house), username);
  const link = await linkTo(email);
  await changePassword(thief);
  const owner = visitor(house);
  expect((await owner.get(link)).status).toBe(200);
  expect((await owner.post(link)).redirectedTo).toBe('/password/new');
  await changePassword(thief, thiefs, `${thiefs}-2`);
  expect((await setPassword(owner)).redirectedTo).toBe('/login');
  expect(await isIn(thief)).toBe(false);
});

/** The thief signs in once more and closes the account. */
async function closed(username: string): Promise<void> {
  const thief = visitor(house);
  await thief.signIn(username, old);
  await thief.get('/settings/account');
  expect((await leave(thief)).redirectedTo).toBe('/');
}

test.each([
  [days(14) - 1, true],
  [days(14), false],
])('%i milliseconds after the thief closed the account the link leads back: %s', async (ms, works) => {
  const { owner, username, email, way } = await robbed();
  house.clock.pass(hours(72) - 1);
  await closed(username);
  house.clock.pass(days(5));
  await clean(house);
  house.clock.pass(ms - days(5));
  expect((await owner.get(way)).status).toBe(works ? 200 : 303);
  expect((await owner.post(way)).redirectedTo).toBe(works ? '/password/new' : '/password/forgot');
  if (!works) return;
  expect(await rowOf(house, username)).toMatchObject({ leavingAt: null, purgeAt: null });
  // The end that it would have had passes while the new password is chosen.
  house.clock.pass(minutes(9));
  await setPassword(owner);
  expect((await owner.signIn(email, another)).redirectedTo).toBe('/people');
});

test('closing the account does not bring back a link that had run out', async () => {
  const { owner, username, way } = await robbed();
  house.clock.pass(hours(72));
  await closed(username);
  expect((await owner.get(way)).redirectedTo).toBe('/password/forgot');
});
