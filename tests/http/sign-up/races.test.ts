import { expect, test } from '@jest/globals';
import { codeIn, eventually } from '../../support/captured.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { joining, peopleCalled, sessionsOf, typeCode, wrongCode } from '../../support/joining.ts';
import { tally, together } from '../../support/many.ts';
import { faultsIn, newPerson, type Page, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** How many sessions are signed in as somebody. */
const signedInAs = async (username: unknown): Promise<number> =>
  [...(await sessionsOf(house)).values()].filter((session) => session.username === username && session.userId)
    .length;
const welcomed = (pages: readonly Page[]): number =>
  pages.filter((page) => page.redirectedTo === '/profile').length;

test('fifty right codes at once make one account and one signed-in session', async () => {
  const { ann, person, code } = await joining(house);
  const pages = await together(50, () => typeCode(ann, code));
  // Who comes after the session has changed holds a token of the one before: 403.
  expect(pages.filter((page) => ![303, 403].includes(page.status))).toEqual([]);
  expect(welcomed(pages)).toBe(1);
  expect(await peopleCalled(house, person.username)).toBe(1);
  expect(await signedInAs(person.username)).toBe(1);
});

test('so do fifty that are spread over two instances of the site', async () => {
  await withAnother(house, { jobs: true }, async (second) => {
    const { ann, person, code } = await joining(house);
    const twin = visitor(second, { ip: ann.ip });
    for (const [name, value] of ann.cookies) twin.cookies.set(name, value);
    await twin.get('/sign-up/code');
    const pages = await together(50, (n) => typeCode(n % 2 ? twin : ann, code));
    expect(welcomed(pages)).toBe(1);
    expect(await peopleCalled(house, person.username)).toBe(1);
    expect(await signedInAs(person.username)).toBe(1);
  });
});

test('the right code among wrong ones at once is refunded to the address, the wrong ones are not', async () => {
  const { ann, to, code } = await joining(house);
  await together(3, (n) => typeCode(ann, n === 1 ? code : wrongCode(code, n + 1)));
  const [budget] = await house.stores.sql<{ n: number }>(
    'SELECT cardinality("failures") AS n FROM "DestinationBudget" WHERE "destinationKey" = $1',
    [to],
  );
  expect(budget!.n).toBeLessThanOrEqual(2);
});

test('two who want one username: one gets it, the other is told and may choose again', async () => {
  const username = 'both_want_it';
  const [ann, bob] = [
    await joining(house, { username }),
    await joining(house, { username: username.toUpperCase() }),
  ];
  const pages = await Promise.all([typeCode(ann.ann, ann.code), typeCode(bob.ann, bob.code)]);
  expect(tally(pages.map((page) => page.redirectedTo ?? 'stays'))).toEqual({ '/profile': 1, '/sign-up': 1 });
  expect(await peopleCalled(house, username)).toBe(1);
  const loser = pages[0]?.redirectedTo === '/sign-up' ? ann : bob;
  expect((await loser.ann.get('/sign-up')).html).toContain(
    'Somebody took this username while you were waiting',
  );
  const again = await joining(house, { email: loser.to }, loser.ann);
  expect((await typeCode(again.ann, again.code)).redirectedTo).toBe('/profile');
});

test('a username that is taken is said openly on the form', async () => {
  const { username } = await visitor(house).signUp();
  const { page } = await visitor(house).startSignUp({ username: username.toUpperCase() });
  expect(page.status).toBe(422);
  expect(faultsIn(page.html)).toEqual({ username: 'This username is taken. Please choose another.' });
});

test('of five sessions that hold right codes for one address, one joins', async () => {
  const first = await joining(house);
  const others = [first];
  for (let n = 0; n < 4; n++) others.push(await joining(house, { email: first.to }));
  const pages = await Promise.all(others.map(({ ann, code }) => typeCode(ann, code)));
  expect(welcomed(pages)).toBe(1);
  // Who comes a moment later holds a code that has become wrong.
  expect(pages.filter((page) => ![303, 422].includes(page.status))).toEqual([]);
  const rows = await house.stores.sql('SELECT FROM "User" WHERE "emailKey" = $1', [first.to]);
  expect(rows).toHaveLength(1);
});

test('a form that is sent twice at once leaves one run, and the code of its page works', async () => {
  const ann = visitor(house);
  await ann.token();
  const person = newPerson();
  const pages = await together(2, () => ann.post('/sign-up', person));
  expect(pages.map((page) => page.redirectedTo)).toEqual(['/sign-up/code', '/sign-up/code']);
  const reference = /class="reference">([A-Z]{3})</.exec((await ann.get('/sign-up/code')).html)?.[1] ?? '?';
  const letter = await eventually(
    () => house.outbox.to(String(person.email)).find((m) => m.text.includes(reference)),
    'the letter of this page',
  );
  expect((await typeCode(ann, codeIn(letter.text))).redirectedTo).toBe('/profile');
});
