import { createPasswordRules } from '../../../src/features/auth/password-rules.ts';
import { afterAll, expect, test } from '@jest/globals';
import { createLog } from '../../../src/platform/log.ts';
import { openGuesses } from '../../../src/platform/guesses.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { peopleCalled } from '../../support/joining.ts';
import { repeatedly } from '../../support/many.ts';
import { faultsIn, type Fields, newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const send = async (changes: Fields) => (await visitor(house).startSignUp(changes)).page;
const faultsOf = async (changes: Fields): Promise<Record<string, string>> => {
  const page = await send(changes);
  expect(page.status).toBe(422);
  return faultsIn(page.html);
};

test('an empty form shows every mistake at once, and a summary that leads to them', async () => {
  const page = await visitor(house).post('/sign-up', { channel: 'email' });
  expect(page.status).toBe(422);
  expect(faultsIn(page.html)).toEqual({
    email: 'Enter your email address.',
    username: 'Choose a username.',
    password: 'Choose a password.',
    dateOfBirth: 'Enter your date of birth.',
    country: 'Choose your country.',
    nativeLanguage: 'Choose your native language.',
    learningLanguages: 'Choose at least one language you want to learn.',
  });
  for (const name of Object.keys(faultsIn(page.html))) expect(page.html).toContain(`<a href="#${name}">`);
  expect(page.html).toContain('<title>Error: ');
});

test('what was typed is kept, passwords are not', async () => {
  const typed = newPerson({
    username: '9lives',
    password: 'unmistakable-lantern',
    email: 'o"h<b>@example.com',
  });
  const { html } = await visitor(house).post('/sign-up', typed);
  expect(html).toContain('value="9lives"');
  expect(html).toContain('value="o&#34;h&lt;b&gt;@example.com"');
  expect(html).toContain('value="1995-05-15"');
  for (const code of ['DE', 'de', 'es', 'ja'])
    expect(html).toMatch(new RegExp(`<option value="${code}"[^>]* selected`));
  expect(html).not.toContain('unmistakable-lantern');
});

test.each([
  ['ab', 'Choose a username of 3 to 30 characters.'],
  ['a'.repeat(31), 'Choose a username of 3 to 30 characters.'],
  ['ann-lee', 'Use only letters a to z, digits, dots and underscores.'],
  ['änne', 'Use only letters a to z, digits, dots and underscores.'],
  ['ann@example.com', 'Use only letters a to z, digits, dots and underscores.'],
  ['1ann', 'Begin your username with a letter.'],
  ['4915123456789', 'Begin your username with a letter.'],
  ['ann.', 'End your username with a letter or a digit.'],
  ['an..n', 'Do not put two dots next to each other.'],
  ['admin', 'This username is kept for ChatLink itself. Please choose another.'],
  ['Supp0rt', 'This username is kept for ChatLink itself. Please choose another.'],
  ['Chat_Link', 'This username is kept for ChatLink itself. Please choose another.'],
])('the username %s is refused', async (username, text) => {
  expect(await faultsOf({ username })).toEqual({ username: text });
});

test('usernames of three and of thirty characters are welcome', async () => {
  for (const username of ['Zoë'.replace('ë', 'e'), 'x'.repeat(30), 'a._b.c_9'])
    expect((await send({ username })).redirectedTo).toBe('/sign-up/code');
});

test.each([
  [{ country: 'XX' }, { country: 'Choose your country.' }],
  [{ country: 'de' }, { country: 'Choose your country.' }],
  [{ nativeLanguage: 'xx' }, { nativeLanguage: 'Choose your native language.' }],
  [
    { learningLanguages: ['es', 'xx'] },
    { learningLanguages: 'Choose your learning languages from the list.' },
  ],
  [{ learningLanguages: [''] }, { learningLanguages: 'Choose at least one language you want to learn.' }],
  [
    { learningLanguages: ['es', 'fr', 'it', 'pt', 'ja', 'ko'] },
    { learningLanguages: 'Choose at most 5 languages.' },
  ],
  [{ learningLanguages: ['es', 'es'] }, { learningLanguages: 'Choose each language only once.' }],
  [
    { learningLanguages: ['es', 'de'] },
    { learningLanguages: 'You already speak your native language. Choose others to learn.' },
  ],
])('%j is refused', async (changes, faults) => {
  expect(await faultsOf(changes)).toEqual(faults);
});

test('five languages to learn are welcome, and empty selects between them do not matter', async () => {
  const page = await send({ learningLanguages: ['es', '', 'fr', 'it', 'pt', 'ja'] });
  expect(page.redirectedTo).toBe('/sign-up/code');
});

test('a form that was refused sends nothing and writes nothing', async () => {
  const person = newPerson({ country: 'XX' });
  await repeatedly(2, () => visitor(house).post('/sign-up', person));
  const rows = await house.stores.sql('SELECT FROM "RegistrationOtp" WHERE "destination" = $1', [
    person.email,
  ]);
  expect([rows.length, house.outbox.to(String(person.email)).length]).toEqual([0, 0]);
  expect(await peopleCalled(house, person.username)).toBe(0);
});

const guesses = openGuesses(createLog('silent'));
afterAll(() => guesses.close());

test('of a long password its two ends are looked at, so that judging it never takes long', async () => {
  const rules = createPasswordRules(guesses, async () => false);
  const weak = 'p4$$w0rd'.repeat(3);
  const strong = 'lantern-tandem-42-rivers';
  expect(await rules.fault(weak + strong + weak, [])).toMatch(/easy to guess/);
  expect(await rules.fault(strong + weak, [])).toBeNull();
  expect(await rules.fault(weak + strong, [])).toBeNull();
  expect(await rules.fault('😀'.repeat(128), [])).toMatch(/easy to guess/);
});
