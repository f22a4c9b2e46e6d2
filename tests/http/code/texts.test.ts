import { expect, test } from '@jest/globals';
import { days, hours } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, joining, newMobile, resend, typeCode } from '../../support/joining.ts';
import { fillLimit } from '../../support/limits.ts';
import { repeatedly, statuses } from '../../support/many.ts';
import { errorsIn, type Page, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile({ env: { SMS_COUNTRIES: 'DE,FR' } });

const ask = async (mobile: string): Promise<Page> =>
  (await visitor(house).startSignUp(byMobile(mobile))).page;
const fill = (limit: string, count: number) => fillLimit(house, limit, count);

test('a person joins by mobile and is found under the number', async () => {
  const { ann, person, code } = await joining(house, byMobile(newMobile()));
  expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
  const [row] = await house.stores.sql('SELECT "phone", "email" FROM "User" WHERE "username" = $1', [
    person.username,
  ]);
  expect(row).toEqual({ phone: person.mobile, email: null });
});

test('only countries that were allowed are texted', async () => {
  expect((await ask('+33612345678')).status).toBe(303);
  const refused = await ask('+393123456789');
  expect(refused.status).toBe(422);
  expect(errorsIn(refused.html)).toEqual([
    'We cannot send texts to numbers of this country yet. Please use your email address.',
  ]);
  expect(house.outbox.to('+393123456789')).toEqual([]);
});

test('only mobile numbers are texted', async () => {
  const page = await ask('+493012345678');
  expect(errorsIn(page.html)).toEqual([
    'This is not a mobile number. We can send texts to mobile numbers only.',
  ]);
});

test('neighbouring numbers share twenty texts a day', async () => {
  const block = '+4915123777';
  const pages = await repeatedly(20, (n) => ask(`${block}${String(n).padStart(3, '0')}`));
  expect(statuses(pages)).toEqual({ 303: 20 });
  const refused = await ask(`${block}999`);
  expect([refused.status, refused.header('retry-after')]).toEqual([429, '86400']);
  expect((await ask('+4915123778000')).status).toBe(303);
  house.clock.pass(days(1) - 1);
  expect((await ask(`${block}998`)).status).toBe(429);
  house.clock.pass(1);
  expect((await ask(`${block}998`)).status).toBe(303);
});

test('a country has a thousand texts a day, resends included', async () => {
  const { ann } = await joining(house, byMobile(newMobile()));
  await fill('sms-country:DE', 1_000);
  expect((await ask(newMobile())).status).toBe(429);
  expect((await resend(ann)).status).toBe(429);
  expect((await ask('+33612345679')).status).toBe(303);
  house.clock.pass(days(1));
  expect((await ask(newMobile())).status).toBe(303);
});

test('when texts run wild everywhere, the breaker stops them for all, and mail still leaves', async () => {
  await fill('sms-everywhere', 2_000);
  const refused = await ask('+33612345680');
  expect([refused.status, refused.header('retry-after')]).toEqual([429, '3600']);
  expect((await visitor(house).startSignUp()).page.status).toBe(303);
  house.clock.pass(hours(1));
  expect((await ask('+33612345680')).status).toBe(303);
});

test('a text ends with the line that lets a phone fill the code in by itself', async () => {
  const mobile = newMobile();
  const { code } = await joining(house, byMobile(mobile));
  expect(house.outbox.to(mobile)[0]?.text.split('\n').at(-1)).toBe(`@chatlink.test #${code}`);
});
