import { describe, expect, test } from '@jest/globals';
import { days, minutes } from '../../../src/kernel/clock.ts';
import { codesTo } from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { heardHouse } from '../../support/statements.ts';
import { newPerson, visitor } from '../../support/visitor.ts';

/** How often the site asks Postgres, beside the words that begin and end a transaction. */
const { house, worker, statements } = await heardHouse();

/** What the header of every page of a member counts is one statement beside. */
function withoutCounts(heard: readonly string[]): string[] {
  return heard.filter((statement) => !statement.includes(`mine."list" = 'requests'`));
}

test('what listens hears', async () => {
  expect(await statements.during(() => house.stores.sql('SELECT 1'))).toEqual([]);
  const ann = visitor(house);
  await ann.signUp();
  const heard = await statements.during(() => ann.get('/profile'));
  expect(withoutCounts(heard)).toEqual([
    expect.stringMatching(/^SELECT .* FROM "User" u WHERE .* FROM ROWS FROM /),
  ]);
  expect(heard).toHaveLength(2);
});

describe('a page asks once at most:', () => {
  test.each(['/login', '/sign-up', '/password/forgot'])('%s, of a visitor, never', async (path) => {
    expect(await statements.during(() => visitor(house).get(path))).toEqual([]);
  });

  test('/, of all visitors of a minute, once', async () => {
    house.clock.pass(minutes(1));
    const heard = await statements.during(async () => {
      for (let n = 0; n < 3; n++) await visitor(house).get('/');
      house.clock.pass(minutes(1) - 1);
      await Promise.all(Array.from({ length: 10 }, () => visitor(house).get('/')));
    });
    expect(heard).toHaveLength(1);
    house.clock.pass(1);
    expect(await statements.during(() => visitor(house).get('/'))).toHaveLength(1);
  });

  test.each([
    '/profile',
    '/people/nobody_called_so',
    '/settings/contact',
    '/settings/password',
    '/settings/security',
  ])('%s', async (path) => {
    const ann = visitor(house);
    await ann.signUp();
    expect(withoutCounts(await statements.during(() => ann.get(path)))).toHaveLength(1);
  });
});

describe('a page of settings asks the guard, and then what it shows:', () => {
  test.each([
    '/settings/profile',
    '/settings/languages',
    '/settings/avatar',
    '/settings/photos',
    '/settings/pictures/status?of=avatar',
    '/settings/account',
  ])('%s', async (path) => {
    const ann = visitor(house);
    await ann.signUp();
    expect(withoutCounts(await statements.during(() => ann.get(path)))).toHaveLength(2);
  });
});

test('signing in asks three times: who it is, and to write down that and where', async () => {
  const ann = visitor(house);
  const { email, password } = await ann.signUp();
  await ann.post('/logout');
  await ann.get('/login');
  const heard = await statements.during(() => ann.signIn(email, password));
  expect(heard.length).toBeLessThanOrEqual(3);
});

test('a whole sign-up, from the form to the profile, asks eight times, once of them what waits for the header', async () => {
  const ann = visitor(house);
  const person = newPerson();
  const submit = await statements.during(async () => {
    await ann.get('/sign-up');
    await ann.post('/sign-up', person);
  });
  const page = await statements.during(() => ann.get('/sign-up/code'));
  const code = await house.outbox.nextCode(String(person.email));
  const reauthenticate = await statements.during(() => ann.post('/sign-up/code', { code }));
  const profile = await statements.during(() => ann.get('/profile'));
  expect([submit.length, page.length, reauthenticate.length, profile.length]).toEqual([2, 1, 3, 2]);
});

test('a whole reset asks seven times, beside its two pages', async () => {
  const { email } = await visitor(house).signUp();
  house.clock.pass(days(1));
  const ann = visitor(house);
  await ann.get('/password/forgot');
  const asked = await statements.during(() => ann.post('/password/forgot', { identifier: email }));
  await settled(worker);
  const page = await statements.during(() => ann.get('/password/code'));
  const proved = await statements.during(() =>
    ann.post('/password/code', { code: codesTo(house, email).at(-1) }),
  );
  const form = await statements.during(() => ann.get('/password/new'));
  const password = 'harbour-violin-58';
  const set = await statements.during(() =>
    ann.post('/password/new', { password, passwordConfirmation: password }),
  );
  expect([asked, proved, set].map((heard) => heard.length)).toEqual([2, 2, 3]);
  expect([page.length, form.length]).toEqual([1, 1]);
});
