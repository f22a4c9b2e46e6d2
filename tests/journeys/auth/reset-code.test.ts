import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { minutes, seconds } from '../../../src/kernel/clock.ts';
import { createCodes } from '../../../src/platform/codes.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import {
  forgetBudgets,
  joining,
  newMobile,
  peopleCalled,
  sessionsOf,
  typeCode,
  wrongCode,
} from '../../support/joining.ts';
import { repeatedly, statuses, tally, together } from '../../support/many.ts';
import { forgot, resetsOf } from '../../support/recovering.ts';
import {
  alsoReachedBy,
  budgetOf,
  codeAfter,
  codesTo,
  grantsFor,
  holdingCode,
  joinedYesterday,
  resendReset,
  typeResetCode,
} from '../../support/resetting.ts';
import { copyOf, settled } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const key = randomBytes(32);
const house4 = await houseOfThisFile({ env: { OTP_KEYS: `k1:${key.toString('base64')}` } });

describe('code attempts', () => {
  beforeAll(() => house.empty());

  test('the fifth try may still be the right one', async () => {
    const { email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    const tries = await repeatedly(4, (n) => typeResetCode(who, wrongCode(code, n + 1)));
    expect(tries.map((page) => /(\d) tr(?:y|ies) left/.exec(page.html)?.[1])).toEqual(['4', '3', '2', '1']);
    expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
  });

  test('the fifth wrong code ends it: the right one comes too late, and nothing waits any more', async () => {
    const { username, email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    const tries = await repeatedly(5, (n) => typeResetCode(who, wrongCode(code, n + 1)));
    expect(tries.map((page) => page.status)).toEqual([422, 422, 422, 422, 303]);
    expect(tries[4]?.redirectedTo).toBe('/password/forgot');
    const [{ id } = { id: '?' }] = await resetsOf(house, email);
    expect(JSON.stringify([...(await sessionsOf(house)).values()])).not.toContain(id);
    expect((await who.get('/password/forgot')).html).toContain('it was your last try');

    expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/forgot');
    expect((await who.post('/password/code/resend')).redirectedTo).toBe('/password/forgot');
    expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
    expect(await grantsFor(house, username)).toBe(0);
  });

  test('sending another code refills nothing, and neither does time', async () => {
    const { username, email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    await repeatedly(3, (n) => typeResetCode(who, wrongCode(code, n + 1)));
    house.clock.pass(minutes(9));
    const second = await codeAfter(house, email, () => resendReset(who));
    expect((await who.get('/password/code')).html).toContain('2 tries left');
    await repeatedly(2, (n) => typeResetCode(who, wrongCode(second, n + 1)));
    expect((await typeResetCode(who, second)).redirectedTo).toBe('/password/forgot');
    expect(await grantsFor(house, username)).toBe(0);
  });

  test('what cannot be a code costs no try', async () => {
    const { email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    for (const typed of ['', '12345', 'abcdef', '1234567'])
      expect((await typeResetCode(who, typed)).html).toContain('5 tries left');
    expect((await typeResetCode(who, `Your code is ${code}`)).redirectedTo).toBe('/password/new');
  });

  test('fifty wrong codes at once, over two instances, take exactly five turns', async () => {
    await withAnother(house, {}, async (second) => {
      const { username, email } = await joinedYesterday(house);
      const { who, code } = await holdingCode(house, email, email);
      await who.get('/password/code');
      const twin = copyOf(second, who);
      await twin.get('/password/code');
      await together(50, (n) => typeResetCode(n % 2 ? twin : who, wrongCode(code, n + 1)));
      const [row] = await resetsOf(house, email);
      expect(row?.attempts).toBe(5);
      expect((await budgetOf(house, email)).failures).toBe(5);
      for (const one of [who, twin])
        expect((await typeResetCode(one, code)).redirectedTo).toBe('/password/forgot');
      expect(await grantsFor(house, username)).toBe(0);
    });
  });

  test('fifty right codes at once, over two instances, make one grant', async () => {
    await withAnother(house, {}, async (second) => {
      const { username, email } = await joinedYesterday(house);
      const { who, code } = await holdingCode(house, email, email);
      await who.get('/password/code');
      const twin = copyOf(second, who);
      await twin.get('/password/code');
      const pages = await together(50, (n) => typeResetCode(n % 2 ? twin : who, code));
      // All others are sent back, or to the code page, which knows by the new cookie where they belong.
      const ways = tally(pages.map(({ redirectedTo, status }) => redirectedTo ?? status));
      expect(ways['/password/new']).toBe(1);
      expect((ways['/password/forgot'] ?? 0) + (ways['/password/code'] ?? 0)).toBe(49);
      expect(await grantsFor(house, username)).toBe(1);
      const opened = await Promise.all([who, twin].map((one) => one.get('/password/new')));
      expect(opened.filter(({ status }) => status === 200)).toHaveLength(1);
      expect((await budgetOf(house, email)).failures).toBe(0);
    });
  });
});

describe('code lifetime', () => {
  beforeAll(() => house.empty());

  test('a code works until the last millisecond of its ten minutes', async () => {
    const { email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    house.clock.pass(minutes(10) - 1);
    expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
  });

  test('at ten minutes it is refused, the page says so, and it costs no try', async () => {
    const { username, email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    house.clock.pass(minutes(10));
    const refused = await typeResetCode(who, code);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('This code has expired. You can ask for a new one below.');
    const [row] = await resetsOf(house, email);
    expect(row?.attempts).toBe(0);
    expect(await grantsFor(house, username)).toBe(0);
  });

  test('a new code brings an expired run back to life, and only the new one works', async () => {
    const { email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    house.clock.pass(minutes(10));
    const second = await codeAfter(house, email, () => resendReset(who));
    expect((await typeResetCode(who, code)).status).toBe(422);
    expect((await typeResetCode(who, second)).redirectedTo).toBe('/password/new');
  });

  test('one millisecond before the thirty minutes are over the latest code still works', async () => {
    const { email } = await joinedYesterday(house);
    const { who } = await holdingCode(house, email, email);
    house.clock.pass(minutes(25));
    const code = await codeAfter(house, email, () => resendReset(who));
    house.clock.pass(minutes(5) - 1);
    expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
  });

  test('at thirty minutes it is over, whatever was sent again', async () => {
    const { username, email } = await joinedYesterday(house);
    const { who } = await holdingCode(house, email, email);
    house.clock.pass(minutes(25));
    const code = await codeAfter(house, email, () => resendReset(who));
    const [row] = await resetsOf(house, email);
    expect(row?.expiresAt).toEqual(row?.endsAt);
    house.clock.pass(minutes(5));
    expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/forgot');
    expect((await who.get('/password/forgot')).html).toContain('This code has expired.');
    expect(await grantsFor(house, username)).toBe(0);
  });

  test('then nothing is sent any more, and every step leads to the start', async () => {
    const { email } = await joinedYesterday(house);
    const { who } = await holdingCode(house, email, email);
    house.clock.pass(minutes(29));
    // Keeps the session itself, which lives thirty minutes from the last request.
    await who.get('/password/code');
    house.clock.pass(minutes(1));
    expect((await who.post('/password/code/resend')).redirectedTo).toBe('/password/forgot');
    expect((await who.get('/password/code')).redirectedTo).toBe('/password/forgot');
    const [row] = await resetsOf(house, email);
    expect(row?.sends).toBe(1);
  });
});

describe('code resending', () => {
  beforeAll(() => house.empty());

  test('another code kills the one before and has a reference of its own', async () => {
    const { email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    const referenceOf = (html: string) => /class="reference">([A-Z]{3})</.exec(html)?.[1];
    let reference = '';
    const second = await codeAfter(house, email, async () => {
      expect((await resendReset(who)).redirectedTo).toBe('/password/code');
      const { html } = await who.get('/password/code');
      reference = referenceOf(html) ?? '?';
      expect(html).toContain(`a new code is on its way in message ${reference}. The old one`);
    });
    expect(house.outbox.to(email).at(-1)?.subject).toContain(`${reference}: `);

    const old = await typeResetCode(who, code);
    expect({ status: old.status, same: code === second }).toEqual({ status: 422, same: false });
    expect(old.html).toContain(`That&#39;s not the code in message ${reference}.`);
    expect((await typeResetCode(who, second)).redirectedTo).toBe('/password/new');
  });

  test('two are free, then they wait one, two and five minutes, to the millisecond', async () => {
    const { email } = await joinedYesterday(house);
    const { who } = await holdingCode(house, email, email);
    expect((await resendReset(who)).status).toBe(303);
    expect((await resendReset(who)).status).toBe(303);
    for (const wait of [60, 120, 300]) {
      const refused = await resendReset(who);
      expect([refused.status, refused.header('retry-after')]).toEqual([429, String(wait)]);
      house.clock.pass(seconds(wait) - 1);
      const early = await resendReset(who);
      expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
      house.clock.pass(1);
      // An hour's budget of a destination is smaller than one run could use: it has a file of its own.
      await forgetBudgets(house);
      expect((await resendReset(who)).status).toBe(303);
    }
    const [row] = await resetsOf(house, email);
    expect(row?.sends).toBe(6);
  });

  test('after five there are no more, the page says so, and the latest code still works', async () => {
    const { email } = await joinedYesterday(house);
    const { who } = await holdingCode(house, email, email);
    let code = '';
    for (const wait of [0, 0, 60, 120, 300]) {
      house.clock.pass(seconds(wait));
      await forgetBudgets(house);
      code = await codeAfter(house, email, () => resendReset(who));
    }
    house.clock.pass(minutes(9));
    await forgetBudgets(house);
    const refused = await resendReset(who);
    expect(refused.status).toBe(429);
    expect(Number(refused.header('retry-after'))).toBeGreaterThan(0);
    expect(refused.html).toContain('You&#39;ve used all your codes.');
    expect(refused.html).not.toContain('action="/password/code/resend"');
    await settled(house);
    // The first of them, and five more.
    expect(codesTo(house, email)).toHaveLength(6);
    expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
  });

  test('fifty presses at once, over two instances, send one message', async () => {
    await withAnother(house, { jobs: true }, async (second) => {
      const { email } = await joinedYesterday(house);
      const { who } = await holdingCode(house, email, email);
      await who.get('/password/code');
      const twin = copyOf(second, who);
      await twin.get('/password/code');
      const before = codesTo(house, email).length;
      const pages = await together(50, (n) => (n % 2 ? twin : who).post('/password/code/resend'));
      expect(statuses(pages)).toEqual({ 303: 50 });
      const [row] = await resetsOf(house, email);
      expect(row?.sends).toBe(2);
      await settled(house);
      expect(codesTo(house, email)).toHaveLength(before + 1);
    });
  });

  test('a second press of the same page is the same press, a later one is not', async () => {
    const { email } = await joinedYesterday(house);
    const { who } = await holdingCode(house, email, email);
    const sends = async () => (await resetsOf(house, email))[0]?.sends;
    await who.get('/password/code');
    await who.post('/password/code/resend');
    house.clock.pass(seconds(2) - 1);
    await who.post('/password/code/resend');
    expect(await sends()).toBe(2);
    house.clock.pass(1);
    await who.post('/password/code/resend');
    expect(await sends()).toBe(3);
  });
});

describe('code borders', () => {
  const house = house4;
  /** The code that the newest reset for an address would have, were it made for this purpose. */
  const derivedFor = async (purpose: string, destination: string): Promise<string> => {
    const [row] = await resetsOf(house, destination);
    const subject = { purpose, challengeId: row?.id ?? '?', destination, send: 1 };
    return createCodes([{ id: 'k1', key }], 6).derive(subject, 'k1') ?? 'none';
  };

  test('a code of one purpose is worthless for the other, in one session that waits for both', async () => {
    const { username, email } = await joinedYesterday(house);
    const { ann, person, code: ofSignUp } = await joining(house);
    const { code: ofReset } = await holdingCode(house, email, email, ann);
    expect((await typeResetCode(ann, ofSignUp)).html).toContain('4 tries left');
    expect((await typeCode(ann, ofReset)).html).toContain('4 tries left');
    expect(await peopleCalled(house, person.username)).toBe(0);
    expect(await grantsFor(house, username)).toBe(0);
    expect((await typeResetCode(ann, ofReset)).redirectedTo).toBe('/password/new');
  });

  test('the purpose is part of the code itself', async () => {
    const { email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    expect(await derivedFor('passwordReset', email)).toBe(code);
    expect((await typeResetCode(who, await derivedFor('registration', email))).status).toBe(422);
    expect((await typeResetCode(who, await derivedFor('', email))).status).toBe(422);
    expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
  });

  test('a code is worthless in another session, even in one that waits for the same account', async () => {
    const { username, email } = await joinedYesterday(house);
    const owner = await holdingCode(house, email, email);
    const other = await holdingCode(house, email, email);
    expect((await typeResetCode(other.who, owner.code)).html).toContain('4 tries left');
    expect((await typeResetCode(owner.who, other.code)).html).toContain('4 tries left');
    expect((await typeResetCode(visitor(house), owner.code)).redirectedTo).toBe('/password/forgot');
    expect(await grantsFor(house, username)).toBe(0);
    expect((await typeResetCode(owner.who, owner.code)).redirectedTo).toBe('/password/new');
  });

  test('a code to one contact is worthless for the other contact of the same account', async () => {
    const { username, email } = await joinedYesterday(house);
    const phone = newMobile();
    await alsoReachedBy(house, username, { phone });
    const byMail = await holdingCode(house, email, email);
    const byText = await holdingCode(house, phone, phone);
    expect((await typeResetCode(byMail.who, byText.code)).status).toBe(422);
    expect((await typeResetCode(byText.who, byMail.code)).status).toBe(422);
    expect(await grantsFor(house, username)).toBe(0);
  });

  test('whoever asks anew in the same browser waits for the new code only', async () => {
    const { email } = await joinedYesterday(house);
    const ben = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    const bens = await codeAfter(house, ben.email, () => forgot(who, ben.email));
    expect((await typeResetCode(who, code)).html).toContain('4 tries left');
    expect((await resetsOf(house, email))[0]?.consumedAt).not.toBeNull();
    expect((await typeResetCode(who, bens)).redirectedTo).toBe('/password/new');
    expect((await who.get('/password/new')).html).toContain(ben.username);
  });

  test('a code works once: what it opened cannot be opened with it again', async () => {
    const { username, email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    const before = new Map(who.cookies);
    expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
    const late = visitor(house);
    for (const [name, value] of before) late.cookies.set(name, value);
    expect((await typeResetCode(late, code)).redirectedTo).toBe('/password/forgot');
    expect(await grantsFor(house, username)).toBe(1);
  });
});
