import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { days, minutes } from '../../../src/kernel/clock.ts';
import { createCodes } from '../../../src/platform/codes.ts';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, joining, newMobile, peopleCalled, resend, typeCode } from '../../support/joining.ts';
import { withoutChance } from '../../support/joining.ts';
import { repeatedly } from '../../support/many.ts';
import { newPerson, type Page, type Visitor, visitor } from '../../support/visitor.ts';

const key = randomBytes(32);
const house = await houseOfThisFile({ env: { OTP_KEYS: `k1:${key.toString('base64')}` } });

/**
 * The code that belongs to the first send of the latest challenge for an address, worked out with the house's own
 * key.
 */
const derived = async (destination: string): Promise<string> => {
  const rows = await house.stores.sql<{ id: string }>(
    'SELECT "id" FROM "RegistrationOtp" WHERE "destination" = $1 ORDER BY "createdAt" DESC',
    [destination],
  );
  const subject = { purpose: 'registration', challengeId: rows[0]!.id, destination, send: 1 };
  return createCodes([{ id: 'k1', key }], 6).derive(subject, 'k1') ?? 'none';
};

/** Everything a stranger sees who walks the whole way without knowing the code. */
const walk = async (who: Visitor, fields: object): Promise<[string, number, string | null, string][]> => {
  const seen: [string, number, string | null, string][] = [];
  const see = (step: string, page: Page): void => {
    seen.push([step, page.status, page.redirectedTo, withoutChance(page.html)]);
  };
  const person = newPerson(fields as Record<string, string>);
  see('form', await who.post('/sign-up', person));
  await untilSent(who);
  see('page', await who.get('/sign-up/code'));
  see('state', await who.get('/sign-up/code/status'));
  see('malformed', await who.post('/sign-up/code', { code: '12' }));
  see('wrong', await who.post('/sign-up/code', { code: '000000' }));
  for (let n = 0; n < 3; n++) {
    see('resend', await who.post('/sign-up/code/resend'));
    await untilSent(who);
    see('page', await who.get('/sign-up/code'));
  }
  for (let n = 0; n < 4; n++) see('wrong', await who.post('/sign-up/code', { code: '000000' }));
  see('end', await who.get('/sign-up/code'));
  see('form', await who.get('/sign-up'));
  return seen;
};
const untilSent = (who: Visitor) =>
  eventually(async () => (await who.get('/sign-up/code/status')).html.includes('"sent"'), 'the message');

test('an address that has an account shows the same pages as one that has none', async () => {
  const owner = await visitor(house).signUp({ email: 'known.face@example.com' });
  const known = await walk(visitor(house), { email: owner.email });
  const unknown = await walk(visitor(house), { email: 'knows.folk@example.com' });
  expect(known).toEqual(unknown);
});

test('a number that has an account shows the same pages as one that has none', async () => {
  await visitor(house).signUp(byMobile('+4915123111178'));
  const known = await walk(visitor(house), byMobile('+4915123111178'));
  const unknown = await walk(visitor(house), byMobile('+4915123222278'));
  expect(known).toEqual(unknown);
});

test('the owner hears that there is an account already, and gets no code', async () => {
  const { email } = await visitor(house).signUp();
  await visitor(house).startSignUp({ email: email.toUpperCase() });
  const letter = await eventually(
    () => house.outbox.messages.find((m) => m.to.toLowerCase() === email && /already/.test(m.text)),
    'the letter',
  );
  expect(letter.text).toContain('You already have an account');
  expect(letter.text).toContain('http://chatlink.test/login');
  expect(`${letter.subject} ${letter.text} ${letter.html?.split('<body>')[1]}`).not.toMatch(/\d{6}/);
});

test('no code is ever right for a taken address, not even the one it would have been', async () => {
  const { email } = await visitor(house).signUp();
  house.clock.pass(minutes(1));
  const ann = visitor(house);
  const { person } = await ann.startSignUp({ email });
  const page = await typeCode(ann, await derived(email));
  expect(page.status).toBe(422);
  expect(page.html).toContain('4 tries left');
  expect(await peopleCalled(house, person.username)).toBe(0);
});

test('the same derivation opens the door where there is no account', async () => {
  const { ann, to, code } = await joining(house);
  expect(await derived(to)).toBe(code);
  expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
});

test('by text the owner is told once a day', async () => {
  const mobile = newMobile();
  await visitor(house).signUp(byMobile(mobile));
  const courtesy = () => house.outbox.to(mobile).filter((m) => /already have/.test(m.text)).length;
  const ask = async () => {
    const who = visitor(house);
    await who.startSignUp(byMobile(mobile));
    await untilSent(who);
    return who;
  };
  await repeatedly(3, ask);
  expect(courtesy()).toBe(1);
  const who = await ask();
  await resend(who).then(() => untilSent(who));
  expect(courtesy()).toBe(1);
  house.clock.pass(days(1) - 1);
  await ask();
  expect(courtesy()).toBe(1);
  house.clock.pass(1);
  await ask();
  expect(courtesy()).toBe(2);
});

test('a decoy looks alive to its end, even while the owner goes on with life', async () => {
  const { email, username, password } = await visitor(house).signUp();
  const ann = visitor(house);
  await ann.startSignUp({ email });
  await visitor(house).signIn(username, password);
  house.clock.pass(minutes(5));
  expect((await ann.get('/sign-up/code')).html).toContain('5 tries left');
});
