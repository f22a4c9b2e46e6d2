import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile, wrongCode } from '../../support/joining.ts';
import { repeatedly, together } from '../../support/many.ts';
import { resetsOf } from '../../support/recovering.ts';
import {
  budgetOf,
  grantsFor,
  holdingCode,
  joinedYesterday,
  linksTo,
  typeResetCode,
} from '../../support/resetting.ts';
import { copyOf, settled } from '../../support/security.ts';
import { sideBySide } from '../../support/side-by-side.ts';
import type { Page } from '../../support/visitor.ts';

const house = await houseOfThisFile();

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
