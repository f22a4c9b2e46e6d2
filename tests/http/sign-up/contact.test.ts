import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, joining, newMobile, typeCode } from '../../support/joining.ts';
import { faultsIn, visitor } from '../../support/visitor.ts';
import { eventually } from '../../support/captured.ts';

const house = await houseOfThisFile();

const faultsOf = async (changes: Record<string, string>): Promise<Record<string, string>> => {
  const { page } = await visitor(house).startSignUp(changes);
  expect(page.status).toBe(422);
  return faultsIn(page.html);
};

test.each([
  ['nothing', '', 'Enter your email address.'],
  ['no at', 'ann.example.com', 'Enter an email address like name@example.com.'],
  ['no top level', 'ann@localhost', 'Enter an email address like name@example.com.'],
  ['a full-width at', 'ann＠example.com', 'Enter an email address like name@example.com.'],
  ['a full-width dot', 'ann@example．com', 'Enter an email address like name@example.com.'],
  [
    'a line break',
    'ann@example.com\r\nbcc: eve@example.com',
    'Enter an email address like name@example.com.',
  ],
  ['two addresses', 'ann@example.com,eve@example.com', 'Enter an email address like name@example.com.'],
  [
    '255 characters',
    `${'a'.repeat(64)}@${`${'b'.repeat(62)}.`.repeat(3)}c`,
    'Enter an email address like name@example.com.',
  ],
])('an email address with %s is refused', async (_, email, text) => {
  expect(await faultsOf({ email })).toEqual({ email: text });
});

test('the domain becomes small and punycode, the rest stays as it was typed', async () => {
  const ann = visitor(house);
  const { page } = await ann.startSignUp({ email: '  Ann.Lee@EXAMPLE.com ' });
  expect(page.status).toBe(303);
  await house.outbox.next('Ann.Lee@example.com');
  await visitor(house).startSignUp({ email: 'Ann.Lee+club@BÜCHER.example' });
  await house.outbox.next('Ann.Lee+club@xn--bcher-kva.example');
});

test('dots and plus signs make other addresses, capital letters do not', async () => {
  const { ann, code } = await joining(house, { email: 'anna.bell@gmail.com' });
  await typeCode(ann, code);
  expect((await joining(house, { email: 'annabell@gmail.com' })).code).toMatch(/^\d{6}$/);
  expect((await joining(house, { email: 'anna.bell+x@gmail.com' })).code).toMatch(/^\d{6}$/);
  await visitor(house).startSignUp({ email: 'Anna.Bell@GMAIL.com' });
  const letter = await house.outbox.next('Anna.Bell@gmail.com');
  expect(letter.text).toContain('You already have an account');
});

test.each([
  ['nothing', { mobile: '' }, 'Enter your mobile number.'],
  [
    'letters',
    { mobile: '+49 1512 CALLME' },
    'This number is not complete, or not one of that country. Please check its digits.',
  ],
  [
    'no country',
    { mobile: '01512 3456789', mobileCountry: '' },
    'Enter a mobile number with its country, like +49 1512 3456789.',
  ],
  [
    'too few digits',
    { mobile: '+49 1512 34' },
    'This number is not complete, or not one of that country. Please check its digits.',
  ],
])('a mobile number with %s is refused', async (_, changes, text) => {
  expect(await faultsOf({ ...(byMobile('+4915123456789') as Record<string, string>), ...changes })).toEqual({
    mobile: text,
  });
});

test('every usual way of writing a number leads to the same one', async () => {
  const mobile = newMobile();
  const { ann, code } = await joining(house, byMobile(mobile));
  await typeCode(ann, code);
  const national = mobile.slice(3);
  const spellings = [
    `0${national}`,
    `0${national.slice(0, 4)} / ${national.slice(4, 7)}-${national.slice(7)}`,
    `0049 (0)${national}`,
    `+49 (0) ${national}`.replace('(0) ', '(0)'),
    mobile.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  ];
  for (const [n, spelling] of spellings.entries()) {
    await house.stores.sql('DELETE FROM "DestinationBudget"');
    const { page } = await visitor(house).startSignUp(byMobile(spelling));
    expect({ spelling, status: page.status }).toEqual({ spelling, status: 303 });
    const rows = await eventually(async () => {
      const found = await house.stores.sql(
        'SELECT FROM "RegistrationOtp" WHERE "destination" = $1 AND "decoy"',
        [mobile],
      );
      return found.length > n && found;
    }, 'the decoy');
    expect(rows).toHaveLength(n + 1);
  }
});

test('a channel that is none is refused', async () => {
  expect(await faultsOf({ channel: 'pigeon' })).toEqual({ channel: 'Choose email or mobile.' });
});
