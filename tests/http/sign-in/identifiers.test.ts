import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const password = 'lantern-tandem-42';
const signIn = (identifier: string) => visitor(house).signIn(identifier, password);

test('a person signs in by username, however it is written', async () => {
  const { username } = await visitor(house).signUp();
  for (const spelling of [username, username.toUpperCase(), `  ${username}\t`, fullWidth(username)])
    expect({ spelling, to: (await signIn(spelling)).redirectedTo }).toEqual({ spelling, to: '/profile' });
});

test('a person signs in by email, however it is written', async () => {
  const { email } = await visitor(house).signUp();
  const [name, domain] = email.split('@') as [string, string];
  for (const spelling of [email, email.toUpperCase(), `${name}@${domain.toUpperCase()}`, ` ${email} `])
    expect({ spelling, to: (await signIn(spelling)).redirectedTo }).toEqual({ spelling, to: '/profile' });
});

test('a person signs in by mobile number, national spellings included', async () => {
  const mobile = newMobile();
  await visitor(house).signUp(byMobile(mobile));
  const national = mobile.slice(3);
  const spellings = [
    mobile,
    `+49 (0)${national}`,
    `0049 ${national.slice(0, 4)} ${national.slice(4)}`,
    `0${national}`,
    `0${national.slice(0, 4)}/${national.slice(4, 7)}-${national.slice(7)}`,
    `(0${national.slice(0, 4)}) ${national.slice(4)}`,
    national,
    mobile.slice(1),
    fullWidth(mobile),
  ];
  for (const spelling of spellings)
    expect({ spelling, to: (await signIn(spelling)).redirectedTo }).toEqual({ spelling, to: '/profile' });
});

test('a national number that two people could have is nobody’s', async () => {
  // 0660 1234567 is a mobile number in Austria, and with another country code elsewhere.
  const [austrian, german] = ['+436601234567', '+496601234567'];
  await visitor(house).signUp(byMobile(austrian));
  expect((await signIn('0660 1234567')).redirectedTo).toBe('/profile');
  const [{ id } = { id: '' }] = await house.stores.sql<{ id: string }>(
    `INSERT INTO "User" SELECT gen_random_uuid(), 'second_one', 'second_one', NULL, NULL, NULL, $2, "phoneVerifiedAt",
       "passwordHash", "dateOfBirth", "country", "createdAt", "updatedAt" FROM "User" WHERE "phone" = $1 RETURNING "id"`,
    [austrian, german],
  );
  expect(id).not.toBe('');
  expect((await signIn('0660 1234567')).status).toBe(422);
  expect((await signIn(austrian)).redirectedTo).toBe('/profile');
  expect((await signIn(german)).redirectedTo).toBe('/profile');
});

test('unknown and wrong get one answer, word for word', async () => {
  const { username, email } = await visitor(house).signUp();
  const answers: [number, Record<string, string>][] = [];
  for (const identifier of [
    username,
    email,
    'nobody_here',
    'nobody@example.com',
    '+4915120000000',
    '%',
    '💥',
  ]) {
    const page = await visitor(house).signIn(identifier, 'wrong-password-1');
    answers.push([page.status, faultsIn(page.html)]);
  }
  const [first] = answers;
  expect(first?.[0]).toBe(422);
  expect(first?.[1].identifier).toMatch(/password/);
  for (const answer of answers) expect(answer).toEqual(first);
});

test('what was typed is kept, the password is not, and nothing is looked up for an empty field', async () => {
  const page = await visitor(house).signIn('<someone>', 'unmistakable-lantern');
  expect(page.html).toContain('value="&lt;someone&gt;"');
  expect(page.html).not.toContain('unmistakable-lantern');
  expect(faultsIn((await visitor(house).signIn(' ', '')).html)).toEqual({
    identifier: 'Enter your username, email or mobile number.',
    password: 'Enter your password.',
  });
});

test('capital letters of a password count', async () => {
  const { username } = await visitor(house).signUp();
  expect((await visitor(house).signIn(username, password.toUpperCase())).status).toBe(422);
});

test('a person who was deleted is unknown', async () => {
  const { username } = await visitor(house).signUp();
  await house.stores.sql('DELETE FROM "User" WHERE "username" = $1', [username]);
  expect((await signIn(username)).status).toBe(422);
});

function fullWidth(text: string): string {
  return text.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0));
}
