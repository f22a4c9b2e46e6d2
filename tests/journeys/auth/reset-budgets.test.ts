import { beforeAll, describe, expect, test } from '@jest/globals';
import { hours, minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, joining, newMobile, typeCode, wrongCode } from '../../support/joining.ts';
import { fillLimit } from '../../support/limits.ts';
import { repeatedly, statuses, tally, together } from '../../support/many.ts';
import { forgot, resetsOf } from '../../support/recovering.ts';
import {
  askOften,
  budgetOf,
  codesTo,
  grantsFor,
  holdingCode,
  joinedYesterday,
  leftFor,
  linksTo,
  resendReset,
  typeResetCode,
} from '../../support/resetting.ts';
import { copyOf, settled } from '../../support/security.ts';
import { sideBySide } from '../../support/side-by-side.ts';
import { type Page, faultsIn, newPerson, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('send budget', () => {
  beforeAll(() => house.empty());

  const ask = (identifier: string) => forgot(visitor(house), identifier);
  const signUpWith = async (email: string) => (await visitor(house).startSignUp({ email })).page;

  test('an address gets five codes an hour, however many people ask from wherever', async () => {
    const { email } = await joinedYesterday(house);
    expect(statuses(await askOften(house, email, 5))).toEqual({ 303: 5 });
    const sixth = await ask(email);
    expect([sixth.status, sixth.header('retry-after')]).toEqual([429, '3600']);
    expect(faultsIn(sixth.html).identifier).toContain('look for our message with a link');
    expect((await ask(email.toUpperCase())).status).toBe(429);
    expect(await ask('nobody.else@example.com')).toMatchObject({ status: 303 });
  });

  test('so does a number, in any spelling that says its country', async () => {
    const mobile = newMobile();
    await joinedYesterday(house, byMobile(mobile));
    await askOften(house, mobile, 5);
    const sixth = await ask(`0049 ${mobile.slice(3)}`);
    expect([sixth.status, sixth.header('retry-after')]).toEqual([429, '3600']);
  });

  test('resends count too', async () => {
    const { email } = await joinedYesterday(house);
    const { who } = await holdingCode(house, email, email);
    await askOften(house, email, 3);
    expect((await resendReset(who)).redirectedTo).toBe('/password/code');
    const refused = await resendReset(who);
    expect([refused.status, refused.header('retry-after')]).toEqual([429, '3600']);
    expect(refused.html).toContain('You can ask for another code in 1 hour.');
  });

  test('the hour slides: each code gives its place back an hour after it was sent', async () => {
    const { email } = await joinedYesterday(house);
    for (let n = 0; n < 5; n++) {
      await ask(email);
      house.clock.pass(minutes(5));
    }
    house.clock.pass(minutes(35) - 1);
    const early = await ask(email);
    expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
    house.clock.pass(1);
    expect((await ask(email)).status).toBe(303);
    const next = await ask(email);
    expect([next.status, next.header('retry-after')]).toEqual([429, '300']);
  });

  test('a day has ten, and slides as well', async () => {
    const { email } = await joinedYesterday(house);
    await askOften(house, email, 5);
    house.clock.pass(hours(2));
    await askOften(house, email, 5);
    house.clock.pass(hours(22) - 1);
    const early = await ask(email);
    expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
    house.clock.pass(1);
    expect(statuses(await askOften(house, email, 5))).toEqual({ 303: 5 });
    expect((await ask(email)).status).toBe(429);
  });

  test('of fifty who ask at once, over two instances, five are served', async () => {
    await withAnother(house, { jobs: true }, async (second) => {
      const { email } = await joinedYesterday(house);
      const before = codesTo(house, email).length;
      const askers = await together(50, async (n) => {
        const who = visitor(n % 2 ? second : house);
        await who.token();
        return who;
      });
      const pages = await Promise.all(askers.map((who) => forgot(who, email)));
      expect(statuses(pages)).toEqual({ 303: 5, 429: 45 });
      await settled(house);
      expect(codesTo(house, email)).toHaveLength(before + 5);
    });
  });

  test.each([
    ['an address with an account', true],
    ['an address without one', false],
  ])('%s has one budget for joining and for a new password', async (_, known) => {
    const email = known ? (await joinedYesterday(house)).email : String(newPerson().email);
    expect(statuses(await repeatedly(3, () => signUpWith(email)))).toEqual({ 303: 3 });
    expect(statuses(await askOften(house, email, 2))).toEqual({ 303: 2 });
    expect([(await ask(email)).status, (await signUpWith(email)).status]).toEqual([429, 429]);
  });

  test('the spellings that Gmail delivers to one mailbox share it, whichever of them has the account', async () => {
    await joinedYesterday(house, { email: 'bea.lee@gmail.com' });
    await askOften(house, 'bea.lee@gmail.com', 2);
    await askOften(house, 'bealee+1@googlemail.com', 3);
    expect(statuses([await ask('bea.lee@gmail.com'), await ask('b.ealee@gmail.com')])).toEqual({ 429: 2 });
  });

  test('the budget outlives everything that Redis knew, and a refused press costs its network nothing', async () => {
    const { email } = await joinedYesterday(house);
    await askOften(house, email, 5);
    await house.stores.redis.flushdb();
    const ip = '198.51.100.7';
    const pages = await repeatedly(3, () => forgot(visitor(house, { ip }), email));
    expect(statuses(pages)).toEqual({ 429: 3 });
    expect(await house.stores.redis.zcard(`limit:sends:${ip}`)).toBe(0);
  });
});

describe('send budget by name', () => {
  beforeAll(() => house.empty());

  /** How many codes have left for an address since `before` of them had. */
  const codesSince = async (to: string, before: number): Promise<number> =>
    (await leftFor(house, to)).codes - before;

  test('a username has a budget of its own, and an unknown one is refused at the same press', async () => {
    await joinedYesterday(house, { username: 'known_name' });
    const walk = sideBySide(house, ['known_name', 'other_name']);
    for (let n = 0; n < 7; n++) await walk.form();
    await walk.resend();
    house.clock.pass(hours(1) - 1);
    // Their sessions are over by now: a fresh form begins new ones.
    await walk.get('/password/forgot');
    await walk.form();
    house.clock.pass(1);
    for (let n = 0; n < 6; n++) await walk.form();
    const [ofKnown, ofUnknown] = walk.seen();
    expect(ofKnown).toEqual(ofUnknown);
    const asked = ofKnown?.filter(({ step }) => step === 'form').map(({ status }) => status);
    expect(asked).toEqual([...Array(5).fill(303), 429, 429, 429, ...Array(5).fill(303), 429]);
  });

  test('five codes by username do not show where the address is typed, yet no sixth leaves, but a link', async () => {
    const { username, email } = await joinedYesterday(house);
    const before = codesTo(house, email).length;
    await askOften(house, username, 5);
    expect(await codesSince(email, before)).toBe(5);
    const walk = sideBySide(house, [email, `n${email.slice(1)}`]);
    for (let n = 0; n < 4; n++) {
      await walk.form();
      await walk.look();
    }
    await walk.resend();
    await walk.look();
    await walk.form();
    const [ofKnown, ofUnknown] = walk.seen().map((all) => JSON.stringify(all).replaceAll(/[an]•/g, '?•'));
    expect(ofKnown).toEqual(ofUnknown);
    expect(walk.seen()[0]?.filter(({ status }) => status === 429)).toHaveLength(1);
    expect(await codesSince(email, before)).toBe(5);
    expect(linksTo(house, email)).toHaveLength(1);
  });

  test('nor does the address show where the username is typed', async () => {
    const { username, email } = await joinedYesterday(house);
    const before = codesTo(house, email).length;
    await askOften(house, email, 5);
    expect(statuses(await askOften(house, username, 5))).toEqual({ 303: 5 });
    expect(await codesSince(email, before)).toBe(5);
    expect(linksTo(house, email)).toHaveLength(1);
    expect((await forgot(visitor(house), username)).status).toBe(429);
  });

  test.each([
    ['in its national spelling', (mobile: string) => `0${mobile.slice(3)}`],
    ['without its plus', (mobile: string) => mobile.slice(1)],
  ])('a number %s is a name too', async (_, spelled) => {
    const mobile = newMobile();
    await joinedYesterday(house, byMobile(mobile));
    const before = codesTo(house, mobile).length;
    await askOften(house, spelled(mobile), 5);
    expect((await forgot(visitor(house), spelled(mobile))).status).toBe(429);
    expect(statuses(await askOften(house, mobile, 5))).toEqual({ 303: 5 });
    expect(await codesSince(mobile, before)).toBe(5);
    expect(linksTo(house, mobile)).toHaveLength(1);
  });

  test('that the texts to a number are limited does not show where a username leads to it', async () => {
    const mobile = newMobile();
    await joinedYesterday(house, { ...byMobile(mobile), username: 'known_caller' });
    const before = house.outbox.to(mobile).length;
    await fillLimit(house, `sms-prefix:${mobile.slice(0, -3)}`, 20);
    const walk = sideBySide(house, ['known_caller', 'other_caller']);
    await walk.form();
    await walk.look();
    await walk.resend();
    await walk.look();
    const [ofKnown, ofUnknown] = walk.seen();
    expect(ofKnown).toEqual(ofUnknown);
    // They have a reserve of their own, which strangers who ask for its neighbours cannot empty.
    expect(house.outbox.to(mobile)).toHaveLength(before + 2);
    // Where the number itself is typed the limit is said, known or not.
    expect((await forgot(visitor(house), mobile)).status).toBe(429);
    expect((await forgot(visitor(house), `${mobile.slice(0, -3)}000`)).status).toBe(429);
  });
});

describe('send budget shared', () => {
  beforeAll(() => house.empty());

  /** How many codes have left for an address since `before` of them had. */
  const codesSince = async (to: string, before: number): Promise<number> =>
    (await leftFor(house, to)).codes - before;

  test('both together, at once and over two instances, send five codes and one link', async () => {
    await withAnother(house, { jobs: true }, async (second) => {
      const { username, email } = await joinedYesterday(house);
      const before = codesTo(house, email).length;
      const askers = await together(50, async (n) => {
        const who = visitor(n % 2 ? second : house);
        await who.token();
        return who;
      });
      const pages = await Promise.all(askers.map((who, n) => forgot(who, n % 4 < 2 ? username : email)));
      expect(statuses(pages)).toEqual({ 303: 10, 429: 40 });
      expect(await codesSince(email, before)).toBe(5);
      expect(linksTo(house, email)).toHaveLength(1);
    });
  });

  test('the day is shared in the same way', async () => {
    const { username, email } = await joinedYesterday(house);
    const before = codesTo(house, email).length;
    for (const identifier of [username, email]) {
      await askOften(house, identifier, 5);
      await settled(house);
      house.clock.pass(hours(2));
    }
    expect(await codesSince(email, before)).toBe(10);
    for (const identifier of [username, email])
      expect(statuses(await askOften(house, identifier, 5))).toEqual({ 303: 5 });
    expect(await codesSince(email, before)).toBe(10);
    for (const identifier of [username, email])
      expect((await forgot(visitor(house), identifier)).status).toBe(429);
  });

  test('the silence ends to the millisecond, for a new run and for one that goes on', async () => {
    const { username, email } = await joinedYesterday(house);
    await askOften(house, username, 5);
    house.clock.pass(minutes(40));
    const before = codesTo(house, email).length;
    const who = visitor(house);
    await forgot(who, email);
    house.clock.pass(minutes(20) - 1);
    expect((await resendReset(who)).redirectedTo).toBe('/password/code');
    expect(await codesSince(email, before)).toBe(0);
    house.clock.pass(1);
    expect((await forgot(visitor(house), email)).redirectedTo).toBe('/password/code');
    expect(await codesSince(email, before)).toBe(1);
    house.clock.pass(minutes(2));
    expect((await resendReset(who)).redirectedTo).toBe('/password/code');
    expect(await codesSince(email, before)).toBe(2);
  });
});

describe('guess budget', () => {
  beforeAll(() => house.empty());

  /** Five wrong codes in a run of their own; the sixth would be answered by its end. */
  const fiveWrong = async (email: string) => {
    const { who, code } = await holdingCode(house, email, email);
    return repeatedly(5, (n) => typeResetCode(who, wrongCode(code, n + 1)));
  };

  test('an address bears ten wrong codes an hour over all sessions; then a right one costs no try, and helps nobody', async () => {
    const { username, email } = await joinedYesterday(house);
    await fiveWrong(email);
    await fiveWrong(email);
    const { who, code } = await holdingCode(house, email, email);
    const refused = await typeResetCode(who, code);
    expect([refused.status, refused.header('retry-after')]).toEqual([429, '3600']);
    expect(textOf(refused.html)).toContain(
      "Too many wrong codes. If there's an account, look for our message with a link, or try again in 1 hour.",
    );
    for (const ofCodes of ['tries left', 'The code works for', 'starts with', 'on its way'])
      expect(refused.html).not.toContain(ofCodes);
    expect(tally((await resetsOf(house, email)).map(({ attempts }) => attempts))).toEqual({ 0: 1, 5: 2 });
    expect(await grantsFor(house, username)).toBe(0);
  });

  test('the hour of wrong codes slides', async () => {
    const { email } = await joinedYesterday(house);
    await fiveWrong(email);
    house.clock.pass(minutes(5));
    await fiveWrong(email);
    house.clock.pass(minutes(54));
    // Asked now, so that the code is alive when the first places come back.
    const { who, code } = await holdingCode(house, email, email);
    house.clock.pass(minutes(1) - 1);
    const early = await typeResetCode(who, code);
    expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
    house.clock.pass(1);
    expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
  });

  test('a day has twenty, to the millisecond', async () => {
    const { email } = await joinedYesterday(house);
    for (let round = 0; round < 2; round++) {
      await fiveWrong(email);
      await fiveWrong(email);
      house.clock.pass(hours(2));
    }
    expect((await budgetOf(house, email)).failures).toBe(20);
    house.clock.pass(hours(20) - minutes(1));
    const { who, code } = await holdingCode(house, email, email);
    house.clock.pass(minutes(1) - 1);
    const refused = await typeResetCode(who, code);
    expect([refused.status, refused.header('retry-after')]).toEqual([429, '1']);
    house.clock.pass(1);
    expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
  });

  test('fifty wrong codes at once, over four sessions and two instances, take ten turns', async () => {
    await withAnother(house, {}, async (second) => {
      const { username, email } = await joinedYesterday(house);
      const held = await repeatedly(4, () => holdingCode(house, email, email));
      const twins = await Promise.all(
        held.map(async ({ who, code }) => {
          await who.get('/password/code');
          const twin = copyOf(second, who);
          await twin.get('/password/code');
          return { who: twin, code };
        }),
      );
      const all = [...held, ...twins];
      await together(50, (n) => typeResetCode(all[n % 8]!.who, wrongCode(all[n % 8]!.code, n + 1)));
      expect((await budgetOf(house, email)).failures).toBe(10);
      expect(await grantsFor(house, username)).toBe(0);
      await settled(house);
      expect(linksTo(house, email)).toHaveLength(1);
    });
  });

  test('joining and resetting share the wrong codes of an address', async () => {
    const email = String(newPerson().email);
    const { ann, code } = await joining(house, { email });
    await repeatedly(5, (n) => typeCode(ann, wrongCode(code, n + 1)));
    const ben = visitor(house);
    await forgot(ben, email);
    await repeatedly(5, () => typeResetCode(ben, '000000'));
    const joiner = await joining(house, { email });
    expect((await typeCode(joiner.ann, joiner.code)).status).toBe(429);
    const asker = visitor(house);
    await forgot(asker, email);
    expect((await typeResetCode(asker, '000000')).status).toBe(429);
  });

  test('the right code is not counted among the wrong ones', async () => {
    const { email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    await typeResetCode(who, wrongCode(code));
    expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
    expect((await budgetOf(house, email)).failures).toBe(1);
  });

  test('what was guessed is remembered when Redis forgets everything', async () => {
    const { email } = await joinedYesterday(house);
    await fiveWrong(email);
    await fiveWrong(email);
    await house.stores.redis.flushdb();
    const { who, code } = await holdingCode(house, email, email);
    expect((await typeResetCode(who, code)).status).toBe(429);
  });
});

describe('guess budget by name', () => {
  beforeAll(() => house.empty());

  /** Ten wrong codes, in two runs. */
  const tenWrong = async (identifier: string, to: string): Promise<void> => {
    for (let run = 0; run < 2; run++) {
      const { who, code } = await holdingCode(house, identifier, to);
      await repeatedly(5, (n) => typeResetCode(who, wrongCode(code, n + 1)));
    }
  };
  const triesLeft = ({ html, redirectedTo }: Page) =>
    redirectedTo ?? /(\d) tr(?:y|ies) left/.exec(html)?.[1] ?? html;
  const asAnyWrongCode = ['4', '3', '2', '1', '/password/forgot'];

  test('a username bears ten wrong codes an hour, and an unknown one is refused at the same press', async () => {
    await joinedYesterday(house, { username: 'known_name' });
    const walk = sideBySide(house, ['known_name', 'other_name']);
    for (let run = 0; run < 3; run++) {
      await walk.form();
      for (let n = 0; n < 5; n++) await walk.code('000000');
    }
    const [ofKnown, ofUnknown] = walk.seen();
    expect(ofKnown).toEqual(ofUnknown);
    const statuses = ofKnown?.filter(({ step }) => step.startsWith('code')).map(({ status }) => status);
    const run = [422, 422, 422, 422, 303];
    expect(statuses).toEqual([...run, ...run, ...Array(5).fill(429)]);
  });

  test('where a username had them, the address shows none, but a right code is answered like a wrong one', async () => {
    const { username, email } = await joinedYesterday(house);
    await tenWrong(username, email);
    await settled(house);
    expect(linksTo(house, email)).toEqual([]);
    const { who, code } = await holdingCode(house, email, email);
    const answers = await repeatedly(5, () => typeResetCode(who, code));
    expect(answers.map(triesLeft)).toEqual(asAnyWrongCode);
    expect(await grantsFor(house, username)).toBe(0);
    // Instead the owner has another way in.
    await settled(house);
    expect(linksTo(house, email)).toHaveLength(1);
    const [path = '?'] = linksTo(house, email);
    expect((await who.post(path)).redirectedTo).toBe('/password/new');
  });

  test('and the other way round', async () => {
    const { username, email } = await joinedYesterday(house);
    await tenWrong(email, email);
    const { who, code } = await holdingCode(house, username, email);
    const answers = await repeatedly(5, () => typeResetCode(who, code));
    expect(answers.map(triesLeft)).toEqual(asAnyWrongCode);
    expect(await grantsFor(house, username)).toBe(0);
    await settled(house);
    expect(linksTo(house, email)).toHaveLength(1);
  });

  test('a number without its country is a name too', async () => {
    const mobile = newMobile();
    const { username } = await joinedYesterday(house, byMobile(mobile));
    await tenWrong(`0${mobile.slice(3)}`, mobile);
    const { who, code } = await holdingCode(house, mobile, mobile);
    expect(triesLeft(await typeResetCode(who, code))).toBe('4');
    expect(await grantsFor(house, username)).toBe(0);
    await settled(house);
    expect(linksTo(house, mobile)).toHaveLength(1);
  });

  test('of fifty right codes at once, over two instances, none is right then', async () => {
    await withAnother(house, {}, async (second) => {
      const { username, email } = await joinedYesterday(house);
      await tenWrong(username, email);
      const { who, code } = await holdingCode(house, email, email);
      await who.get('/password/code');
      const twin = copyOf(second, who);
      await twin.get('/password/code');
      await together(50, (n) => typeResetCode(n % 2 ? twin : who, code));
      expect(await grantsFor(house, username)).toBe(0);
      expect((await resetsOf(house, email))[0]).toMatchObject({ attempts: 5, consumedAt: null });
    });
  });

  test('an address bears ten in all, typed by whichever name: the tenth may be right, the eleventh not', async () => {
    for (const tenth of ['right', 'wrong']) {
      const { username, email } = await joinedYesterday(house);
      const named = await holdingCode(house, username, email);
      await repeatedly(5, (n) => typeResetCode(named.who, wrongCode(named.code, n + 1)));
      const { who, code } = await holdingCode(house, email, email);
      await repeatedly(4, (n) => typeResetCode(who, wrongCode(code, n + 1)));
      const last = await holdingCode(house, username, email);
      if (tenth === 'wrong') await typeResetCode(last.who, wrongCode(last.code));
      expect(triesLeft(await typeResetCode(last.who, last.code))).toBe(
        tenth === 'right' ? '/password/new' : '3',
      );
      expect(await grantsFor(house, username)).toBe(tenth === 'right' ? 1 : 0);
      const { failures, unseenFailures } = await budgetOf(house, email);
      expect(failures + unseenFailures).toBe(tenth === 'right' ? 9 : 10);
    }
  });

  test('the silence ends to the millisecond', async () => {
    const { username, email } = await joinedYesterday(house);
    await tenWrong(username, email);
    house.clock.pass(minutes(55));
    const { who, code } = await holdingCode(house, email, email);
    house.clock.pass(minutes(5) - 1);
    expect(triesLeft(await typeResetCode(who, code))).toBe('4');
    house.clock.pass(1);
    expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
    expect(await grantsFor(house, username)).toBe(1);
  });
});
