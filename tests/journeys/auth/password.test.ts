import { beforeAll, describe, expect, test } from '@jest/globals';
import { days, minutes } from '../../../src/kernel/clock.ts';
import type { CapturedMessage } from '../../support/captured.ts';
import { right, wrong } from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile, sessionsOf } from '../../support/joining.ts';
import { repeatedly, statuses, tally, together } from '../../support/many.ts';
import { another, granted, setPassword } from '../../support/recovering.ts';
import {
  alsoOn,
  confirm,
  copyOf,
  eventsOf,
  handleOfTheOther,
  historySeenBy,
  isIn,
  revoke,
  revokeOthers,
  settled,
  sidOf,
} from '../../support/security.ts';
import { userAgents } from '../../support/user-agents.ts';
import {
  type Fields,
  type Page,
  type Visitor,
  encodeForm,
  faultsIn,
  visitor,
} from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('password', () => {
  beforeAll(() => house.empty());

  const change = (who: Visitor, fields: Fields = {}) =>
    who.post('/settings/password', {
      currentPassword: right,
      password: another,
      passwordConfirmation: fields.password ?? another,
      ...fields,
    });
  const stored = async (username: string) =>
    (
      await house.stores.sql<{ hash: string; version: number }>(
        'SELECT "passwordHash" AS hash, "securityVersion" AS version FROM "User" WHERE "username" = $1',
        [username],
      )
    )[0]!;

  test('with the present password a new one is set, and the old one is worthless', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    expect((await ann.get('/settings/password')).html).toContain('Change your password');
    expect((await change(ann)).redirectedTo).toBe('/settings/security');
    expect((await ann.get('/settings/security')).html).toContain('Your password has been changed');
    expect((await visitor(house).signIn(username, right)).status).toBe(422);
    expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/people');
    expect((await stored(username)).hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test.each<[string, Fields, Record<string, RegExp>]>([
    ['no present password', { currentPassword: '' }, { currentPassword: /^Enter your password/ }],
    [
      'a wrong present password',
      { currentPassword: wrong },
      { currentPassword: /^That's not your password/ },
    ],
    ['no new password', { password: '' }, { password: /^Choose a password/ }],
    ['a short one', { password: '7 chars' }, { password: /^Use at least 8/ }],
    ['a long one', { password: 'x'.repeat(129) }, { password: /^Use at most 128/ }],
    ['an easy one', { password: 'password123' }, { password: /easy to guess/ }],
    ['the site’s name', { password: 'chatlink-2026' }, { password: /easy to guess/ }],
    ['two that differ', { passwordConfirmation: `${another}!` }, { passwordConfirmation: /don't match/ }],
    ['the old one', { password: right }, { password: /^That's your current password/ }],
  ])('%s changes nothing', async (_, fields, faults) => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username);
    const before = await stored(username);
    const page = await change(ann, fields);
    expect(page.status).toBe(422);
    const shown = faultsIn(page.html);
    expect(Object.keys(shown)).toEqual(Object.keys(faults));
    for (const [name, text] of Object.entries(faults)) expect(shown[name]).toMatch(text);
    for (const secret of [right, another, wrong]) expect(page.html).not.toContain(secret);
    expect(await stored(username)).toEqual(before);
    expect([await isIn(ann), await isIn(phone)]).toEqual([true, true]);
  });

  test('one that is built from the person’s own name or address is refused', async () => {
    const ann = visitor(house);
    await ann.signUp({ username: 'gwendolyne', email: 'wrzlbrmft@example.com' });
    for (const password of ['gwendolyne-17', 'Wrzlbrmft!99'])
      expect(faultsIn((await change(ann, { password })).html).password).toMatch(/easy to guess/);
  });

  test('this session goes on under a new id and a new form token; the old ones are dead', async () => {
    const ann = visitor(house);
    await ann.signUp();
    const [sid, token, before] = [sidOf(ann), await ann.token(), copyOf(house, ann)];
    await change(ann);
    expect(sidOf(ann)).not.toBe(sid);
    expect((await sessionsOf(house)).has(sid)).toBe(false);
    expect([await isIn(ann), await isIn(before)]).toEqual([true, false]);
    expect((await ann.send('post', '/logout', encodeForm({ _csrf: token }))).status).toBe(403);
    expect(await isIn(ann)).toBe(true);
  });

  test('all other sessions end, at every instance; nobody else’s does', async () => {
    const [ann, ben] = [visitor(house), visitor(house)];
    const { username } = await ann.signUp();
    await ben.signUp();
    await withAnother(house, {}, async (second) => {
      const others = [
        await alsoOn(house, username),
        await alsoOn(house, username, { at: second, remember: 'on' }),
      ];
      await change(ann.at(second));
      expect(await Promise.all([ann.at(house), ...others, ben].map(isIn))).toEqual([
        true,
        false,
        false,
        true,
      ]);
    });
  });

  test('"keep me signed in" outlives the change', async () => {
    const { username } = await visitor(house).signUp();
    const kept = await alsoOn(house, username, { remember: 'on' });
    const page = await change(kept);
    expect(String(page.header('set-cookie'))).toMatch(/sid=[^;]+; Path=\/; Expires=/);
    house.clock.pass(days(14) - 1);
    expect(await isIn(kept)).toBe(true);

    const passing = visitor(house);
    await passing.signUp();
    expect(String((await change(passing)).header('set-cookie'))).not.toMatch(/sid=[^;]+; Path=\/; Expires=/);
    house.clock.pass(days(1));
    expect(await isIn(passing)).toBe(false);
  });

  test('wrong present passwords are throttled by the session: five, then a minute', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    expect(statuses(await repeatedly(5, () => change(ann, { currentPassword: wrong })))).toEqual({ 422: 5 });
    const page = await change(ann);
    expect([page.status, page.header('retry-after')]).toEqual([429, '60']);
    expect((await stored(username)).version).toBe(0);
  });
});

describe('password races', () => {
  beforeAll(() => house.empty());

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
});

describe('password notice', () => {
  beforeAll(() => house.empty());

  const change = (who: Visitor, currentPassword = right) =>
    who.post('/settings/password', { currentPassword, password: another, passwordConfirmation: another });
  /** What was told of a changed password to these contacts, once the worker has nothing more to do. */
  const toldOfIt = async (...contacts: string[]): Promise<CapturedMessage[]> => {
    await settled(house);
    return contacts
      .flatMap((to) => house.outbox.to(to))
      .filter(({ text }) => /password for .* was changed|new password for/.test(text));
  };
  const give = (username: string, columns: string, ...values: unknown[]) =>
    house.stores.sql(`UPDATE "User" SET ${columns} WHERE "username" = $1`, [username, ...values]);

  test('every verified contact is told once: when, from what, and what to do', async () => {
    const ann = visitor(house);
    ann.headers = { 'User-Agent': userAgents['Firefox on Windows'] };
    const { username, email } = await ann.signUp();
    const mobile = newMobile();
    await give(username, '"phone" = $2, "phoneVerifiedAt" = $3', mobile, house.clock.now());
    await change(ann);
    house.clock.pass(minutes(1));
    const [mail, text, ...more] = await toldOfIt(email, mobile);
    expect(more).toEqual([]);
    expect([mail?.channel, mail?.subject]).toEqual(['email', 'Your ChatLink password was changed']);
    for (const part of [mail!.text, mail!.html!])
      for (const word of [
        username,
        'Firefox on Windows',
        '15 Jun 2026, 12:00 UTC',
        'http://chatlink.test/password/forgot',
      ])
        expect(part).toContain(word);
    expect(text?.channel).toBe('sms');
    for (const word of [username, '15 Jun 2026, 12:00 UTC', 'http://chatlink.test/password/forgot'])
      expect(text?.text).toContain(word);
    for (const message of [mail!, text!])
      for (const secret of [right, another, email, mobile])
        expect(JSON.stringify({ ...message, to: '' })).not.toContain(secret);
  });

  test('a contact that was never verified is told nothing', async () => {
    const ann = visitor(house);
    const { username, email } = await ann.signUp();
    const mobile = newMobile();
    await give(username, '"phone" = $2', mobile);
    await change(ann);
    expect((await toldOfIt(email, mobile)).map(({ to }) => to)).toEqual([email]);
  });

  test('where there is no mail, the text tells it', async () => {
    const mobile = newMobile();
    const ann = visitor(house);
    await ann.signUp(byMobile(mobile));
    await change(ann);
    expect((await toldOfIt(mobile)).map(({ channel }) => channel)).toEqual(['sms']);
  });

  test('a new password by a code is told of just the same, by all of them', async () => {
    const { username, email } = await visitor(house).signUp();
    const mobile = newMobile();
    await give(username, '"phone" = $2, "phoneVerifiedAt" = $3', mobile, house.clock.now());
    const eve = await granted(house, username, email);
    await setPassword(eve, another);
    expect((await toldOfIt(email, mobile)).map(({ to }) => to)).toEqual([email, mobile]);
  });

  test('what changed nothing is not told of', async () => {
    const ann = visitor(house);
    const { email } = await ann.signUp();
    await change(ann, wrong);
    await ann.post('/settings/password', {
      currentPassword: right,
      password: right,
      passwordConfirmation: right,
    });
    expect(await toldOfIt(email)).toEqual([]);
  });
});

describe('confirm', () => {
  beforeAll(() => house.empty());

  const lifetime = minutes(15);

  /** A person at two browsers who gave the password this long ago at both. */
  const twoBrowsers = async (ago: number): Promise<{ ann: Visitor; phone: Visitor; username: string }> => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username);
    house.clock.pass(ago);
    return { ann, phone, username };
  };

  test('up to fifteen minutes after the password was given, ending a session asks for nothing', async () => {
    const { ann, phone } = await twoBrowsers(lifetime - 1);
    expect((await revoke(ann, await handleOfTheOther(ann))).redirectedTo).toBe('/settings/security');
    expect(await isIn(phone)).toBe(false);
  });

  test('after that the password is asked for, and then what was wanted is carried out', async () => {
    const { ann, phone } = await twoBrowsers(lifetime);
    expect((await revoke(ann, await handleOfTheOther(ann))).redirectedTo).toBe('/settings/confirm');
    expect(await isIn(phone)).toBe(true);
    expect((await ann.get('/settings/confirm')).html).toContain('Confirm it&#39;s you</h1>');
    expect((await confirm(ann)).redirectedTo).toBe('/settings/security');
    expect((await ann.get('/settings/security')).html).toContain('That device has been signed out.');
    expect(await isIn(phone)).toBe(false);
  });

  test('the same before all others are ended', async () => {
    const { ann, phone, username } = await twoBrowsers(lifetime);
    const tablet = await alsoOn(house, username);
    expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/confirm');
    expect([await isIn(phone), await isIn(tablet)]).toEqual([true, true]);
    expect((await confirm(ann)).redirectedTo).toBe('/settings/security');
    expect([await isIn(phone), await isIn(tablet), await isIn(ann)]).toEqual([false, false, true]);
  });

  test('visits do not renew the re-authentication; the password does, for another fifteen minutes', async () => {
    const { ann, username } = await twoBrowsers(lifetime - 1);
    await ann.get('/settings/security');
    house.clock.pass(1);
    expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/confirm');
    await confirm(ann);
    await alsoOn(house, username);
    house.clock.pass(lifetime - 1);
    expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/security');
    house.clock.pass(1);
    expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/confirm');
  });

  test('re-authentication in one session is not another’s', async () => {
    const { ann, phone } = await twoBrowsers(lifetime);
    await revokeOthers(phone);
    const tablet = visitor(house);
    expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/confirm');
    expect((await confirm(phone)).redirectedTo).toBe('/settings/security');
    expect([await isIn(ann), await isIn(phone), await isIn(tablet)]).toEqual([false, true, false]);
  });

  test('a new password is re-authentication as well', async () => {
    const { ann } = await twoBrowsers(lifetime);
    await ann.post('/settings/password', {
      currentPassword: 'lantern-tandem-42',
      password: another,
      passwordConfirmation: another,
    });
    expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/security');
  });

  test('a wrong password ends nothing and loses nothing: the right one carries out what was wanted', async () => {
    const { ann, phone } = await twoBrowsers(lifetime);
    await revokeOthers(ann);
    const page = await confirm(ann, wrong);
    expect([page.status, faultsIn(page.html)]).toEqual([
      422,
      { currentPassword: "That's not your password." },
    ]);
    expect(page.html).not.toContain(wrong);
    const empty = await confirm(ann, '');
    expect([empty.status, faultsIn(empty.html)]).toEqual([422, { currentPassword: 'Enter your password.' }]);
    expect(await isIn(phone)).toBe(true);
    expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/confirm');
    expect((await confirm(ann)).redirectedTo).toBe('/settings/security');
    expect(await isIn(phone)).toBe(false);
  });

  test('with nothing wanted it leads back, whatever is typed, and is no re-authentication', async () => {
    const { ann, phone } = await twoBrowsers(lifetime);
    expect((await ann.get('/settings/confirm')).redirectedTo).toBe('/settings/security');
    for (const password of [wrong, 'lantern-tandem-42', ''])
      expect((await confirm(ann, password)).redirectedTo).toBe('/settings/security');
    expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/confirm');
    await confirm(ann);
    expect((await ann.get('/settings/confirm')).redirectedTo).toBe('/settings/security');
    expect((await confirm(ann)).redirectedTo).toBe('/settings/security');
    expect(await isIn(phone)).toBe(false);
  });

  test('what was wanted may have ended by itself meanwhile', async () => {
    const { ann, phone } = await twoBrowsers(lifetime);
    await revoke(ann, await handleOfTheOther(ann));
    await phone.post('/logout');
    expect((await confirm(ann)).redirectedTo).toBe('/settings/security');
    expect((await ann.get('/settings/security')).html).toContain('has already been signed out');
    expect(await isIn(ann)).toBe(true);
  });
});

describe('confirm throttle', () => {
  beforeAll(() => house.empty());

  /** A person who is asked for the password before the phone is signed out. */
  const asked = async (): Promise<{ ann: Visitor; phone: Visitor; username: string }> => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username);
    house.clock.pass(minutes(15));
    await revokeOthers(ann);
    await ann.get('/settings/confirm');
    return { ann, phone, username };
  };
  const change = (who: Visitor, currentPassword: string) =>
    who.post('/settings/password', { currentPassword, password: another, passwordConfirmation: another });

  test('five wrong passwords are free, then the waits are one, five, fifteen and sixty minutes', async () => {
    const { ann, phone } = await asked();
    expect(statuses(await repeatedly(5, () => confirm(ann, wrong)))).toEqual({ 422: 5 });
    for (const wait of [1, 5, 15, 60]) {
      const page = await confirm(ann, right);
      expect([page.status, page.header('retry-after')]).toEqual([429, String(wait * 60)]);
      expect(page.html).toContain('Too many tries.');
      house.clock.pass(minutes(wait) - 1);
      expect((await confirm(ann, right)).header('retry-after')).toBe('1');
      house.clock.pass(1);
      if (wait < 60) expect((await confirm(ann, wrong)).status).toBe(422);
    }
    expect(await isIn(phone)).toBe(true);
    expect((await confirm(ann, right)).redirectedTo).toBe('/settings/security');
    expect(await isIn(phone)).toBe(false);
  });

  test('of fifty at once, over two instances, exactly five are looked at', async () => {
    const { ann, phone } = await asked();
    const token = await ann.token();
    await withAnother(house, {}, async (second) => {
      const body = `_csrf=${encodeURIComponent(token)}&currentPassword=${wrong}`;
      const pages = await together(50, (n) =>
        copyOf(n % 2 ? house : second, ann).send('post', '/settings/confirm', body),
      );
      expect(statuses(pages)).toEqual({ 422: 5, 429: 45 });
      expect((await confirm(ann.at(second), right)).status).toBe(429);
    });
    expect(await isIn(phone)).toBe(true);
  });

  test('both pages that ask for the password share the session’s tries', async () => {
    const { ann } = await asked();
    expect(statuses(await repeatedly(5, () => change(ann, wrong)))).toEqual({ 422: 5 });
    expect(statuses([await change(ann, right), await confirm(ann, right)])).toEqual({ 429: 2 });
  });

  test('whoever guesses in a stolen session locks that session’s tries, and no other door of its owner', async () => {
    const { ann, phone, username } = await asked();
    await repeatedly(6, () => confirm(ann, wrong));
    expect((await change(phone, right)).redirectedTo).toBe('/settings/security');
    expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/people');
  });

  test('the right password clears what was counted', async () => {
    const { ann } = await asked();
    await repeatedly(4, () => confirm(ann, wrong));
    await confirm(ann, right);
    house.clock.pass(minutes(15));
    await revokeOthers(ann);
    expect(statuses(await repeatedly(5, () => confirm(ann, wrong)))).toEqual({ 422: 5 });
  });

  test('the owner reads of it, with how often', async () => {
    const { ann, phone } = await asked();
    await repeatedly(7, () => confirm(ann, wrong));
    await settled(house);
    const refused = (await historySeenBy(phone)).filter(({ text }) => /wrong password/i.test(text));
    expect(refused.map(({ text }) => text)).toEqual([
      'Failed Wrong password entered in the settings 5 times that day',
    ]);
  });
});
