import { beforeAll, describe, expect, test } from '@jest/globals';
import { hours, minutes, seconds } from '../../../src/kernel/clock.ts';
import { codeIn } from '../../support/captured.ts';
import { type TestHouse, houseOfThisFile } from '../../support/house.ts';
import {
  type Joining,
  challengeOf,
  forgetBudgets,
  joining,
  peopleCalled,
  resend,
  sessionsOf,
  typeCode,
  wrongCode,
} from '../../support/joining.ts';
import { repeatedly, statuses, tally, together } from '../../support/many.ts';
import { errorsIn, newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('typing', () => {
  beforeAll(() => house.empty());

  const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;
  const fullWidth = (code: string): string =>
    code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

  test.each<[string, (code: string) => string]>([
    ['six digits', (code) => code],
    ['two groups', spaced],
    ['a dash between', (code) => spaced(code).replace(' ', '-')],
    ['spaces around', (code) => `  ${code}\t`],
    ['the sentence of the message', (code) => `Your code is ${code}.`],
    ['full-width digits', fullWidth],
  ])('a code is read when it comes as %s', async (_, written) => {
    const { ann, code } = await joining(house);
    expect((await typeCode(ann, written(code))).redirectedTo).toBe('/welcome');
  });

  test('the message holds one run of six digits and nothing else that looks like a code', async () => {
    const { to, code } = await joining(house);
    const [mail] = house.outbox.to(to);
    expect(code).toMatch(/^\d{6}$/);
    expect(mail?.text.match(/\d{6}/g)).toEqual([code]);
    expect(mail?.subject).not.toMatch(/\d{6}/);
  });

  test.each([
    ['nothing', ''],
    ['five digits', '12345'],
    ['seven digits', '1234567'],
    ['letters', 'abcdef'],
    ['two codes', '123456 or 654321'],
  ])('%s cannot be a code, and costs no attempt', async (_, typed) => {
    const { ann, to, code } = await joining(house);
    const page = await typeCode(ann, typed);
    expect(page.status).toBe(422);
    expect(errorsIn(page.html)).toEqual(['Enter the six-digit code.']);
    expect((await challengeOf(house, to)).attempts).toBe(0);
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
  });

  test('what was typed is never shown again', async () => {
    const { ann, code } = await joining(house);
    const page = await typeCode(ann, `${code}9`);
    expect(page.html).not.toContain(code);
  });

  test('the page and the message carry the same three letters', async () => {
    const { ann, to } = await joining(house);
    const { reference } = await challengeOf(house, to);
    expect(reference).toMatch(/^[A-Z]{3}$/);
    expect((await ann.get('/sign-up/code')).html).toContain(`class="reference">${reference}<`);
    expect(house.outbox.to(to)[0]?.subject).toContain(reference);
    expect(house.outbox.to(to)[0]?.text).toContain(reference);
  });
});

describe('attempts', () => {
  beforeAll(() => house.empty());

  test('the fifth try may still be the right one', async () => {
    const { ann, code } = await joining(house);
    const tries = await repeatedly(4, (n) => typeCode(ann, wrongCode(code, n + 1)));
    expect(tries.map((page) => /(\d) tr(?:y|ies) left/.exec(page.html)?.[1])).toEqual(['4', '3', '2', '1']);
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
  });

  test('the fifth wrong code ends it: the right one comes too late, and the pending sign-up is forgotten', async () => {
    const { ann, person, to, code } = await joining(house);
    const tries = await repeatedly(5, (n) => typeCode(ann, wrongCode(code, n + 1)));
    expect(tries.map((page) => page.status)).toEqual([422, 422, 422, 422, 303]);
    expect(tries[4]?.redirectedTo).toBe('/sign-up');
    const { id } = await challengeOf(house, to);
    expect(JSON.stringify([...(await sessionsOf(house)).values()])).not.toContain(id);
    expect((await ann.get('/sign-up')).html).toContain('it was your last try');

    expect((await typeCode(ann, code)).redirectedTo).toBe('/sign-up');
    expect((await ann.post('/sign-up/code/resend')).redirectedTo).toBe('/sign-up');
    expect(await peopleCalled(house, person.username)).toBe(0);
  });

  test('sending another code refills nothing', async () => {
    const { ann, to, code } = await joining(house);
    await repeatedly(3, (n) => typeCode(ann, wrongCode(code, n + 1)));
    await resend(ann);
    const second = await house.outbox.nextCode(to);
    expect((await ann.get('/sign-up/code')).html).toContain('2 tries left');
    await repeatedly(2, (n) => typeCode(ann, wrongCode(second, n + 1)));
    expect((await typeCode(ann, second)).redirectedTo).toBe('/sign-up');
  });

  test('fifty wrong codes at once take exactly five turns', async () => {
    const { ann, person, to, code } = await joining(house);
    await together(50, (n) => typeCode(ann, wrongCode(code, n + 1)));
    expect((await challengeOf(house, to)).attempts).toBe(5);
    const [budget] = await house.stores.sql<{ failures: Date[] }>(
      'SELECT * FROM "DestinationBudget" WHERE "destinationKey" = $1',
      [to],
    );
    expect(budget?.failures).toHaveLength(5);
    expect((await typeCode(ann, code)).redirectedTo).toBe('/sign-up');
    expect(await peopleCalled(house, person.username)).toBe(0);
  });

  test('the right code among fifty wrong ones wins only if it had one of the five turns', async () => {
    const { ann, person, code } = await joining(house);
    const pages = await together(50, (n) => typeCode(ann, n === 49 ? code : wrongCode(code, n + 1)));
    const ways = tally(pages.map((page) => page.redirectedTo ?? 'stays'));
    expect(await peopleCalled(house, person.username)).toBe(ways['/welcome'] ?? 0);
  });

  test('tries do not come back with time', async () => {
    const { ann, code } = await joining(house);
    await repeatedly(4, (n) => typeCode(ann, wrongCode(code, n + 1)));
    house.clock.pass(minutes(9));
    expect((await ann.get('/sign-up/code')).html).toContain('1 try left');
  });
});

describe('lifetime', () => {
  beforeAll(() => house.empty());

  test('a code works until the last millisecond of its ten minutes', async () => {
    const { ann, code } = await joining(house);
    house.clock.pass(minutes(10) - 1);
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
  });

  test('at ten minutes it is refused, the page says so, and it costs no attempt', async () => {
    const { ann, person, to, code } = await joining(house);
    house.clock.pass(minutes(10));
    const refused = await typeCode(ann, code);
    expect(refused.status).toBe(422);
    expect(refused.html.split('This code has expired. You can ask for a new one below.')).toHaveLength(2);
    for (const ofLiveOnes of ['tries left', 'The code works for', 'sending it'])
      expect(refused.html).not.toContain(ofLiveOnes);
    expect((await ann.get('/sign-up/code')).html).toContain(
      'This code has expired. You can ask for a new one below.',
    );
    expect((await challengeOf(house, to)).attempts).toBe(0);
    expect(await peopleCalled(house, person.username)).toBe(0);
  });

  test('an expired code is revived by sending another one', async () => {
    const { ann, to } = await joining(house);
    house.clock.pass(minutes(10));
    await resend(ann);
    expect((await typeCode(ann, await house.outbox.nextCode(to))).redirectedTo).toBe('/welcome');
  });

  test('a challenge ends thirty minutes after its start, whatever was sent again', async () => {
    const { ann, to } = await joining(house);
    house.clock.pass(minutes(29));
    await resend(ann);
    const mail = await house.outbox.next(to);
    expect(mail.text).toContain('It works for 1 minute.');
    const code = codeIn(mail.text);
    const row = await challengeOf(house, to);
    expect(row.expiresAt).toEqual(row.endsAt);
    expect((await ann.get('/sign-up/code')).html).toContain('The code works for 1 minute.');
    house.clock.pass(minutes(1));
    expect((await typeCode(ann, code)).redirectedTo).toBe('/sign-up');
    expect((await ann.get('/sign-up')).html).toContain('This sign-up has expired.');
  });

  test('one millisecond before that end the latest code still works', async () => {
    const { ann, to } = await joining(house);
    house.clock.pass(minutes(25));
    await resend(ann);
    const code = await house.outbox.nextCode(to);
    house.clock.pass(minutes(5) - 1);
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
  });

  test('after its end nothing can be sent again, and no step is left but the form', async () => {
    const { ann, to } = await joining(house);
    house.clock.pass(minutes(29));
    // Keeps the session itself, which lives thirty minutes from the last request.
    await ann.get('/sign-up/code');
    house.clock.pass(minutes(1));
    expect((await ann.post('/sign-up/code/resend')).redirectedTo).toBe('/sign-up');
    expect((await ann.get('/sign-up/code')).redirectedTo).toBe('/sign-up');
    expect((await challengeOf(house, to)).sends).toBe(1);
  });
});

describe('resending', () => {
  beforeAll(() => house.empty());

  test('another code kills the one before and has a reference of its own', async () => {
    const { ann, to, code } = await joining(house);
    const before = await challengeOf(house, to);
    expect((await resend(ann)).redirectedTo).toBe('/sign-up/code');
    const second = await house.outbox.nextCode(to);
    const after = await challengeOf(house, to);
    const page = await ann.get('/sign-up/code');
    expect(page.html).toContain(`We&#39;ve sent a new code in message ${after.reference}.`);
    expect(page.html).toContain(`class="reference">${after.reference}<`);
    expect(after.id).toBe(before.id);

    const old = await typeCode(ann, code);
    expect({ status: old.status, same: code === second }).toEqual({ status: 422, same: false });
    expect(old.html).toContain(`That&#39;s not the code in message ${after.reference}.`);
    expect((await typeCode(ann, second)).redirectedTo).toBe('/welcome');
  });

  test('references differ from send to send', async () => {
    const references = await repeatedly(4, async () => {
      const { to } = await joining(house);
      return (await challengeOf(house, to)).reference;
    });
    expect(new Set(references).size).toBeGreaterThan(1);
  });

  test('two are free, then they wait one, two and five minutes, to the millisecond', async () => {
    const { ann, to } = await joining(house);
    expect((await resend(ann)).status).toBe(303);
    expect((await resend(ann)).status).toBe(303);
    for (const wait of [60, 120, 300]) {
      const refused = await resend(ann);
      expect([refused.status, refused.header('retry-after')]).toEqual([429, String(wait)]);
      house.clock.pass(seconds(wait) - 1);
      const early = await resend(ann);
      expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
      house.clock.pass(1);
      // An hour's budget of a destination is smaller than one challenge could use: it has a file of its own.
      await forgetBudgets(house);
      expect((await resend(ann)).status).toBe(303);
    }
    expect((await challengeOf(house, to)).sends).toBe(6);
  });

  test('after five the page says that there are no more, and the latest code still works', async () => {
    const { ann, to } = await joining(house);
    await resend(ann);
    await resend(ann);
    for (const wait of [60, 120, 300]) {
      house.clock.pass(seconds(wait));
      await forgetBudgets(house);
      await resend(ann);
    }
    house.clock.pass(minutes(9));
    await forgetBudgets(house);
    const refused = await resend(ann);
    expect(refused.status).toBe(429);
    expect(Number(refused.header('retry-after'))).toBeGreaterThan(0);
    expect(refused.html).toContain('You&#39;ve used all your codes.');
    expect(refused.html).not.toContain('action="/sign-up/code/resend"');
    expect((await challengeOf(house, to)).sends).toBe(6);
    const codes = await repeatedly(5, () => house.outbox.nextCode(to));
    expect((await typeCode(ann, codes[4]!)).redirectedTo).toBe('/welcome');
  });

  test('the page says how long the next one has to wait', async () => {
    const { ann } = await joining(house);
    await resend(ann);
    await resend(ann);
    const page = await ann.get('/sign-up/code');
    expect(page.html).toContain('You can ask for another code in 1 minute.');
    expect(page.html).toMatch(/data-resend-state="waiting" data-resend-seconds="60"/);
  });

  test('fifty presses at once send one message', async () => {
    const { ann, to } = await joining(house);
    await ann.get('/sign-up/code');
    const pages = await together(50, () => ann.post('/sign-up/code/resend'));
    expect(statuses(pages)).toEqual({ 303: 50 });
    expect((await challengeOf(house, to)).sends).toBe(2);
    await house.outbox.next(to);
    expect(house.outbox.to(to)).toHaveLength(2);
  });

  test('a second press of the same page is the same press, a later one is not', async () => {
    const { ann, to } = await joining(house);
    await ann.get('/sign-up/code');
    await ann.post('/sign-up/code/resend');
    house.clock.pass(seconds(2) - 1);
    await ann.post('/sign-up/code/resend');
    expect((await challengeOf(house, to)).sends).toBe(2);
    house.clock.pass(1);
    await ann.post('/sign-up/code/resend');
    expect((await challengeOf(house, to)).sends).toBe(3);
  });
});

describe('guess budget', () => {
  beforeAll(() => house.empty());

  /** Several people who wait for codes to one address; nobody else may read them. */
  const askers = (email: string, count: number): Promise<Joining[]> =>
    repeatedly(count, () => joining(house, { email }, visitor(house)));
  const guess = ({ ann, code }: Joining, times: number) =>
    repeatedly(times, (n) => typeCode(ann, wrongCode(code, n + 1)));
  const newAddress = (): string => String(newPerson().email);
  const failures = async ({ stores }: TestHouse, email: string): Promise<number> => {
    const [row] = await stores.sql<{ n: number }>(
      'SELECT cardinality("failures") AS n FROM "DestinationBudget" WHERE "destinationKey" = $1',
      [email],
    );
    return row?.n ?? 0;
  };

  test('an address bears ten wrong codes an hour over all sessions, and the eleventh costs no attempt', async () => {
    const email = newAddress();
    const [first, second, third] = (await askers(email, 3)) as [Joining, Joining, Joining];
    await guess(first, 5);
    await guess(second, 5);
    const refused = await typeCode(third.ann, third.code);
    expect([refused.status, refused.header('retry-after')]).toEqual([429, '3600']);
    expect(refused.html).toContain('Too many wrong codes for this address or number.');
    const attempts = await house.stores.sql(
      'SELECT "attempts" FROM "RegistrationOtp" WHERE "destination" = $1 ORDER BY "attempts"',
      [email],
    );
    expect(attempts.map((row) => row.attempts)).toEqual([0, 5, 5]);
  });

  test('the hour of wrong codes slides', async () => {
    const email = newAddress();
    const [first, second] = (await askers(email, 2)) as [Joining, Joining];
    await guess(first, 5);
    house.clock.pass(minutes(5));
    await guess(second, 5);
    house.clock.pass(minutes(54));
    // Asked now, so that the code is alive when the first places come back.
    const third = await joining(house, { email });
    house.clock.pass(minutes(1) - 1);
    const early = await typeCode(third.ann, wrongCode(third.code));
    expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
    house.clock.pass(1);
    expect((await typeCode(third.ann, third.code)).redirectedTo).toBe('/welcome');
  });

  test('a day has twenty wrong codes', async () => {
    const email = newAddress();
    for (let round = 0; round < 2; round++) {
      const [one, two] = (await askers(email, 2)) as [Joining, Joining];
      await guess(one, 5);
      await guess(two, 5);
      house.clock.pass(hours(2));
    }
    expect(await failures(house, email)).toBe(20);
    const last = await joining(house, { email });
    const refused = await typeCode(last.ann, last.code);
    expect([refused.status, refused.header('retry-after')]).toEqual([429, String(20 * 3600)]);
  });

  test('fifty wrong codes at once over four sessions take ten turns', async () => {
    const email = newAddress();
    const all = await askers(email, 4);
    await together(50, (n) => typeCode(all[n % 4]!.ann, wrongCode(all[n % 4]!.code, n + 1)));
    expect(await failures(house, email)).toBe(10);
  });

  test('what was guessed is remembered when Redis forgets everything', async () => {
    const email = newAddress();
    const [first, second] = (await askers(email, 2)) as [Joining, Joining];
    await guess(first, 5);
    await guess(second, 5);
    await house.stores.redis.flushdb();
    const third = await joining(house, { email });
    expect((await typeCode(third.ann, third.code)).status).toBe(429);
  });

  test('the right code is not counted among the wrong ones', async () => {
    const { ann, to, code } = await joining(house);
    await typeCode(ann, wrongCode(code));
    expect(await failures(house, to)).toBe(1);
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
    expect(await failures(house, to)).toBe(1);
  });
});
