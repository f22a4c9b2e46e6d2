import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { days, hours, minutes, seconds } from '../../../src/kernel/clock.ts';
import { deviceIn, right } from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { statuses, together } from '../../support/many.ts';
import { another, granted, setPassword } from '../../support/recovering.ts';
import { appCode, atSecondStep, second, withSecondFactor } from '../../support/second-factor.ts';
import { copyOf, eventsOf, isIn, settled, sidOf } from '../../support/security.ts';
import { faultsIn, visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const wrongCode = '000000';

/** Codes of the app that are right one after the other. */
async function nextCode(key: string): Promise<string> {
  house.clock.pass(seconds(30));
  return appCode(house, key);
}

describe('after the right password', () => {
  beforeAll(() => house.empty());

  test('nobody is signed in: a code of the app does that, and the session has another id each time', async () => {
    const { username, key } = await withSecondFactor(house);
    const who = visitor(house);
    await who.get('/login');
    const first = sidOf(who);
    expect((await who.signIn(username, right)).redirectedTo).toBe('/login/second');
    const between = sidOf(who);
    expect(await isIn(who)).toBe(false);
    for (const path of ['/settings', '/profile', '/settings/second-factor', '/chats'])
      expect((await who.get(path)).redirectedTo).toMatch(/^\/login/);
    expect((await who.get('/login/second')).html).toContain(username);
    expect((await second(who, appCode(house, key))).redirectedTo).toBe('/people');
    expect(new Set([first, between, sidOf(who)]).size).toBe(3);
    expect(await isIn(who)).toBe(true);
    expect((await who.get('/login/second')).redirectedTo).toBe('/people');
  });

  test('it leads where the sign-in was to lead, and keeps signed in whoever wanted that', async () => {
    const { username, key } = await withSecondFactor(house);
    const who = visitor(house);
    const page = await who.signIn(username, right, { remember: 'on', next: '/settings/photos' });
    expect(page.redirectedTo).toBe('/login/second');
    expect((await second(who, appCode(house, key))).redirectedTo).toBe('/settings/photos');
    house.clock.pass(days(5));
    expect(await isIn(who)).toBe(true);
  });

  test('the run is over after ten minutes, and not before', async () => {
    const { username, key } = await withSecondFactor(house);
    const [early, late] = [await atSecondStep(house, username), await atSecondStep(house, username)];
    house.clock.pass(minutes(10) - 1);
    expect((await second(early, appCode(house, key))).redirectedTo).toBe('/people');
    house.clock.pass(1);
    expect((await second(late, await nextCode(key))).redirectedTo).toBe('/login');
    expect((await late.get('/login')).html).toContain('Please sign in again.');
    expect(await isIn(late)).toBe(false);
  });

  test('nobody has a second step without a password before it, in whatever session', async () => {
    const { ann, username, key } = await withSecondFactor(house);
    const stranger = visitor(house);
    for (const path of ['/login/second', '/login/second/lost']) {
      expect((await stranger.get(path)).redirectedTo).toBe('/login');
      expect((await ann.get(path)).redirectedTo).toBe('/people');
    }
    await stranger.get('/login');
    expect((await second(stranger, appCode(house, key))).redirectedTo).toBe('/login');
    const waiting = await atSecondStep(house, username);
    expect((await second(visitor(house), appCode(house, key))).redirectedTo).toBe('/login');
    expect((await second(waiting, appCode(house, key))).redirectedTo).toBe('/people');
  });

  test('of two presses at once both lead on, and the browser is in', async () => {
    const { username, codes } = await withSecondFactor(house);
    const who = await atSecondStep(house, username);
    const copy = copyOf(house, who);
    const [one, two] = await Promise.all([second(who, codes[0]!), second(copy, codes[0]!)]);
    const [won, lost] = one.redirectedTo === '/people' ? [who, two] : [copy, one];
    expect(await isIn(won)).toBe(true);
    // The answer that the browser hears last takes nothing away.
    expect(lost.header('set-cookie')?.includes('sid=') ?? false).toBe(false);
  });

  test('signing out there forgets the password that was given', async () => {
    const { username, key } = await withSecondFactor(house);
    const who = await atSecondStep(house, username);
    const left = await who.post('/logout');
    expect([left.redirectedTo, left.header('clear-site-data')]).toEqual(['/login', '"cache"']);
    expect((await second(who, appCode(house, key))).redirectedTo).toBe('/login');
  });

  test('a new password ends the run, and so does a second factor that goes', async () => {
    const { ann, username, email, key } = await withSecondFactor(house);
    const who = await atSecondStep(house, username);
    expect((await setPassword(await granted(house, username, email))).redirectedTo).toBe('/login');
    expect((await second(who, appCode(house, key))).redirectedTo).toBe('/login');
    // After a reset by code the second step is still asked for.
    const back = await atSecondStep(house, username, { password: another });
    expect((await second(back, await nextCode(key))).redirectedTo).toBe('/people');
    const waiting = await atSecondStep(house, username, { password: another });
    await back.post('/settings/second-factor/remove', { currentPassword: another });
    expect((await second(waiting, await nextCode(key))).redirectedTo).toBe('/login');
    expect(await isIn(ann)).toBe(false);
  });

  test('who is leaving comes back only after the second step', async () => {
    const { ann, username, key } = await withSecondFactor(house);
    await ann.post('/settings/account/delete', { currentPassword: 'lantern-tandem-42', messages: 'erase' });
    const purge = async () =>
      (
        await house.stores.sql<{ purgeAt: Date | null }>(
          'SELECT "purgeAt" FROM "User" WHERE "username" = $1',
          [username],
        )
      )[0]!.purgeAt;
    const who = await atSecondStep(house, username);
    expect(await purge()).not.toBeNull();
    expect((await second(who, await nextCode(key))).redirectedTo).toBe('/people');
    expect(await purge()).toBeNull();
  });
});

describe('a code', () => {
  beforeAll(() => house.empty());

  test('of the app counts from a step before to a step after its own, and once', async () => {
    const { username, key } = await withSecondFactor(house);
    for (const steps of [-1, 0, 1]) {
      const code = appCode(house, key, steps);
      expect((await second(await atSecondStep(house, username), code)).redirectedTo).toBe('/people');
      const again = await second(await atSecondStep(house, username), code);
      expect([again.status, Object.keys(faultsIn(again.html))]).toEqual([422, ['code']]);
    }
    const who = await atSecondStep(house, username);
    // Older than the last one that was taken.
    expect((await second(who, appCode(house, key))).status).toBe(422);
    for (const steps of [-2, 2]) expect((await second(who, appCode(house, key, steps))).status).toBe(422);
  });

  test('of fifty sessions with one code at once, one is signed in, on two instances', async () => {
    const { username, key } = await withSecondFactor(house);
    await withAnother(house, {}, async (other) => {
      const waiting: Visitor[] = [];
      for (let n = 0; n < 6; n++) waiting.push(await atSecondStep(n % 2 ? other : house, username));
      const code = appCode(house, key);
      const pages = await together(48, (n) => second(copyOf(n % 2 ? other : house, waiting[n % 6]!), code));
      expect(pages.filter(({ redirectedTo }) => redirectedTo === '/people')).toHaveLength(1);
    });
  });

  test('that is wrong, used or too late reads the same', async () => {
    const { username, key, codes } = await withSecondFactor(house);
    const used = appCode(house, key);
    await second(await atSecondStep(house, username), used);
    await second(await atSecondStep(house, username), codes[0]!);
    const faults = [];
    for (const code of [
      wrongCode,
      used,
      appCode(house, key, -2),
      codes[0]!,
      '7Q2M-9XKD-4TBW-H3ZC',
      'what?',
    ]) {
      const page = await second(await atSecondStep(house, username), code);
      faults.push([page.status, faultsIn(page.html).code]);
    }
    expect(new Set(faults.map((fault) => JSON.stringify(fault))).size).toBe(1);
  });

  test('for recovery signs in once, however it is typed, and is told to every contact', async () => {
    const { username, email, codes } = await withSecondFactor(house);
    await settled(house);
    const before = house.outbox.to(email).length;
    const typed = codes[3]!.toLowerCase().replaceAll('-', ' ');
    expect((await second(await atSecondStep(house, username), typed)).redirectedTo).toBe('/people');
    expect((await second(await atSecondStep(house, username), codes[3]!)).status).toBe(422);
    await settled(house);
    expect(
      house.outbox
        .to(email)
        .slice(before)
        .map(({ subject }) => subject),
    ).toContain('A recovery code of your ChatLink account was used');
  });

  test('for recovery, sent fifty times at once, signs in once', async () => {
    const { username, codes } = await withSecondFactor(house);
    const who = await atSecondStep(house, username);
    const pages = await together(50, () => second(copyOf(house, who), codes[0]!));
    expect(pages.filter(({ redirectedTo }) => redirectedTo === '/people')).toHaveLength(1);
  });

  test('of somebody else is worth nothing', async () => {
    const [ann, ben] = [await withSecondFactor(house), await withSecondFactor(house)];
    const who = await atSecondStep(house, ann.username);
    for (const code of [appCode(house, ben.key), ben.codes[0]!])
      expect((await second(who, code)).status).toBe(422);
  });

  test('that is empty costs no try', async () => {
    const { username, key } = await withSecondFactor(house);
    const who = await atSecondStep(house, username);
    for (let n = 0; n < 8; n++) expect((await second(who, ' ')).status).toBe(422);
    expect((await second(who, appCode(house, key))).redirectedTo).toBe('/people');
  });
});

describe('wrong codes', () => {
  beforeEach(() => house.empty());

  test('end a run with the fifth, one after the other or fifty at once', async () => {
    const { username, key } = await withSecondFactor(house);
    const one = await atSecondStep(house, username);
    for (let n = 4; n >= 1; n--) {
      const page = await second(one, wrongCode);
      expect([page.status, page.html.includes(n === 1 ? 'one try left' : `${n} tries left`)]).toEqual([
        422,
        true,
      ]);
    }
    expect((await second(one, wrongCode)).redirectedTo).toBe('/login');
    expect((await second(one, appCode(house, key))).redirectedTo).toBe('/login');

    const crowd = await atSecondStep(house, username);
    const pages = await together(50, () => second(copyOf(house, crowd), wrongCode));
    expect(statuses(pages)[422] ?? 0).toBeLessThanOrEqual(4);
    const [run] = await house.stores.sql<{ attempts: number }>(
      'SELECT max("attempts")::int AS "attempts" FROM "SecondStep"',
    );
    expect(run!.attempts).toBe(5);
  });

  test('are ten an hour and twenty a day for an account, whoever types them, and a right one costs nothing', async () => {
    const { username, key } = await withSecondFactor(house);
    const wrongTen = async () => {
      for (let run = 0; run < 2; run++) {
        const who = await atSecondStep(house, username);
        for (let n = 0; n < 5; n++) await second(who, wrongCode);
      }
    };
    expect((await second(await atSecondStep(house, username), appCode(house, key))).redirectedTo).toBe(
      '/people',
    );
    await wrongTen();
    const locked = await second(await atSecondStep(house, username), await nextCode(key));
    expect([locked.status, Number(locked.header('retry-after')) > 3_500]).toEqual([429, true]);
    house.clock.pass(hours(1));
    await wrongTen();
    house.clock.pass(hours(2));
    const full = await second(await atSecondStep(house, username), appCode(house, key));
    expect([full.status, Number(full.header('retry-after')) > 3_600 * 20]).toEqual([429, true]);
    house.clock.pass(hours(21));
    expect((await second(await atSecondStep(house, username), appCode(house, key))).redirectedTo).toBe(
      '/people',
    );
  });

  test('of strangers leave those of a device that signed in before', async () => {
    const { ann, username, key } = await withSecondFactor(house);
    expect(deviceIn(ann)).not.toBe('');
    for (let run = 0; run < 2; run++) {
      const stranger = await atSecondStep(house, username);
      for (let n = 0; n < 5; n++) await second(stranger, wrongCode);
    }
    expect((await second(await atSecondStep(house, username), appCode(house, key))).status).toBe(429);
    await ann.post('/logout');
    const back = await atSecondStep(house, username, { who: ann });
    expect((await second(back, wrongCode)).status).toBe(422);
    expect((await second(back, appCode(house, key))).redirectedTo).toBe('/people');
  });

  test('stand in the history, and whoever got that far knows the password', async () => {
    const { ann, username } = await withSecondFactor(house);
    await second(await atSecondStep(house, username), wrongCode);
    await settled(house);
    expect((await eventsOf(house, username)).map(({ kind, outcome }) => `${kind} ${outcome}`)).toContain(
      'second_step refused',
    );
    expect((await ann.get('/settings/security')).html).toContain(
      'Right password, wrong code at the second step',
    );
  });
});
