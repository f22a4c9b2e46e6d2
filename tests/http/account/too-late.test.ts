import { expect, test } from '@jest/globals';
import { days, minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { withoutChance } from '../../support/joining.ts';
import { leaver, rowOf, timesOf } from '../../support/leaving.ts';
import { another, forgot, granted, recovering, setPassword } from '../../support/recovering.ts';
import { newPerson, textOf, visitor } from '../../support/visitor.ts';

// Nobody cleans in this file: what is over has to be over by itself.
const house = await houseOfThisFile();

/** Somebody whose time to come back is over in this moment. */
const gone = async () => {
  const someone = await leaver(house);
  await house.outbox.next(someone.email);
  house.clock.pass(days(14));
  return someone;
};

test('after fourteen days signing in is answered exactly as for somebody who never was', async () => {
  const { username, email, password } = await gone();
  const never = newPerson() as Record<string, string>;
  const answer = async (identifier: string) => {
    const page = await visitor(house).signIn(identifier, password);
    return [page.status, withoutChance(page.html).replaceAll(identifier, 'NAME')];
  };
  expect(await answer(username)).toEqual(await answer(never.username!));
  expect(await answer(email)).toEqual(await answer(never.email!));
  expect((await answer(username))[0]).toBe(422);
  expect(await timesOf(house, username, 'leaving_cancelled')).toBe(0);
  expect(await rowOf(house, username)).toMatchObject({ securityVersion: 1 });
});

test('and throttled exactly like them', async () => {
  const { username, password } = await gone();
  const never = String(newPerson().username);
  const last = async (name: string) => {
    const who = visitor(house);
    for (let n = 0; n < 5; n++) await who.signIn(name, password);
    const page = await who.signIn(name, password);
    return [page.status, page.header('retry-after'), withoutChance(page.html).replaceAll(name, 'NAME')];
  };
  const answers = [await last(username), await last(never)];
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]![0]).toBe(429);
});

test('no code goes out any more, and the pages do not tell', async () => {
  const { username, email } = await gone();
  const never = newPerson() as Record<string, string>;
  const walk = async (identifier: string) => {
    const who = visitor(house);
    const page = await forgot(who, identifier);
    const code = await who.get('/password/code');
    const masked = (html: string) =>
      textOf(withoutChance(html))
        .replaceAll(identifier, 'NAME')
        .replace(/\S+@example\.com/g, 'ADDRESS');
    return [page.status, page.redirectedTo, masked(code.html)];
  };
  expect(await walk(email)).toEqual(await walk(never.email!));
  expect(await walk(username)).toEqual(await walk(never.username!));
  // The code of joining, and the news of leaving.
  expect(house.outbox.to(email)).toHaveLength(2);
});

test('a code that was sent before the end sets no password after it', async () => {
  const { username, email } = await leaver(house);
  await house.outbox.next(email);
  house.clock.pass(days(14) - minutes(1));
  const { who, code } = await recovering(house, username, email);
  house.clock.pass(minutes(1) - 1);
  const other = await granted(house, email, email);
  house.clock.pass(1);
  expect((await who.post('/password/code', { code })).status).toBe(422);
  expect((await setPassword(other, another)).redirectedTo).toBe('/password/forgot');
  expect(await rowOf(house, username)).toMatchObject({ securityVersion: 1 });
});
