import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { joining } from '../../support/joining.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const { username, email } = await visitor(house).signUp();
const { to } = await joining(house);

/** The constraint that refuses a change of the one person or the one challenge, or what happened instead. */
const refusal = async (sql: string): Promise<string> => {
  try {
    await house.stores.sql(sql);
    return 'accepted';
  } catch (err) {
    return (
      (err as { constraint?: string; column?: string }).constraint ??
      `column ${(err as { column?: string }).column}`
    );
  }
};
const person = (change: string) => refusal(`UPDATE "User" SET ${change} WHERE "username" = '${username}'`);
const challenge = (change: string) =>
  refusal(`UPDATE "RegistrationOtp" SET ${change} WHERE "destination" = '${to}'`);

test.each([
  [`"username" = 'ab', "usernameKey" = 'ab'`, 'User_username_pattern'],
  [`"username" = '1abc', "usernameKey" = '1abc'`, 'User_username_pattern'],
  [`"username" = 'a..b', "usernameKey" = 'a..b'`, 'User_username_pattern'],
  [`"username" = 'abc.', "usernameKey" = 'abc.'`, 'User_username_pattern'],
  [`"username" = E'abc\\nd', "usernameKey" = E'abc\\nd'`, 'User_username_pattern'],
  [`"usernameKey" = 'somebody'`, 'User_usernameKey_folded'],
  [`"emailKey" = 'Somebody@example.com'`, 'User_emailKey_folded'],
  [`"emailKey" = NULL`, 'User_emailKey_folded'],
  [`"email" = repeat('a', 255), "emailKey" = repeat('a', 255)`, 'User_email_length'],
  [`"phone" = '0151234567'`, 'User_phone_e164'],
  [`"phone" = '+0151234567'`, 'User_phone_e164'],
  [`"emailVerifiedAt" = NULL`, 'User_verified_contact'],
  [`"email" = NULL, "emailKey" = NULL`, 'User_verified_contact'],
  [`"country" = 'de'`, 'User_country_shape'],
  [`"country" = 'DEU'`, 'User_country_shape'],
  [`"passwordHash" = 'lantern-tandem-42'`, 'User_password_hashed'],
  [`"passwordHash" = NULL`, 'column passwordHash'],
  [`"dateOfBirth" = NULL`, 'column dateOfBirth'],
])('no person has %s', async (change, constraint) => {
  expect(await person(change)).toBe(constraint);
});

test.each([
  ['"attempts" = 6', 'RegistrationOtp_attempts_bounds'],
  ['"attempts" = -1', 'RegistrationOtp_attempts_bounds'],
  ['"sends" = 7', 'RegistrationOtp_sends_bounds'],
  ['"failedSends" = 2', 'RegistrationOtp_sends_bounds'],
  [`"expiresAt" = "endsAt" + interval '1 ms'`, 'RegistrationOtp_expiry_order'],
  ['"expiresAt" = NULL', 'column expiresAt'],
  ['"endsAt" = NULL', 'column endsAt'],
  ['"attempts" = NULL', 'column attempts'],
  ['"sends" = NULL', 'column sends'],
  ['"nextSendAt" = NULL', 'column nextSendAt'],
  ['"delivery" = NULL', 'column delivery'],
  [`"reference" = 'kfr'`, 'RegistrationOtp_reference_shape'],
  [`"channel" = 'mobile'`, 'RegistrationOtp_destination_shape'],
])('no challenge has %s', async (change, constraint) => {
  expect(await challenge(change)).toBe(constraint);
});

test.each([
  [`"code" = 'DE'`, 'UserLanguage_code_shape'],
  [`"code" = 'deu'`, 'UserLanguage_code_shape'],
  [`"position" = 10`, 'UserLanguage_position_bounds'],
  [`"position" = -1`, 'UserLanguage_position_bounds'],
])('no language has %s', async (change, constraint) => {
  expect(await refusal(`UPDATE "UserLanguage" SET ${change} WHERE "role" = 'native'`)).toBe(constraint);
});

test('two people never share a username, an email or a number, whatever the case', async () => {
  const copy = (changes: string) =>
    refusal(`INSERT INTO "User" SELECT ${changes}, "emailVerifiedAt", "phone", "phoneVerifiedAt", "passwordHash",
             "dateOfBirth", "country", "createdAt", "updatedAt" FROM "User" WHERE "username" = '${username}'`);
  const upper = username.toUpperCase();
  expect(
    await copy(`gen_random_uuid(), '${upper}', lower('${upper}'), 'b@example.com', 'b@example.com'`),
  ).toBe('User_usernameKey_key');
  expect(await copy(`gen_random_uuid(), 'other_one', 'other_one', upper('${email}'), '${email}'`)).toBe(
    'User_emailKey_key',
  );
});

test('the statements above would be accepted with good values', async () => {
  expect(await person(`"country" = 'FR'`)).toBe('accepted');
  expect(await challenge('"attempts" = 5')).toBe('accepted');
});
