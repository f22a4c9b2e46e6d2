import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPasswordRules } from '../../../src/features/auth/password/password-rules.ts';
import { openGuessEstimator } from '../../../src/platform/passwords/guesses.ts';
import { createLog } from '../../../src/platform/watching/log.ts';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, joining, newMobile, peopleCalled, typeCode } from '../../support/joining.ts';
import { repeatedly } from '../../support/many.ts';
import { type Fields, faultsIn, newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const guessEstimator = openGuessEstimator(createLog('silent'));
afterAll(() => guessEstimator.close());

async function send(changes: Fields) {
  return (await visitor(house).startSignUp(changes)).page;
}

async function faultsOf(changes: Fields): Promise<Record<string, string>> {
  const page = await send(changes);
  expect(page.status).toBe(422);
  return faultsIn(page.html);
}

describe('sign up', () => {
  beforeAll(() => house.empty());

  test('a person joins by email, and is greeted in the first minute', async () => {
    const ann = visitor(house);
    const { username } = await ann.join();
    const page = await ann.get('/welcome');
    expect(page.status).toBe(200);
    expect(page.html).toContain(`Welcome to ChatLink, ${username}!`);
  });
});

describe('form', () => {
  beforeAll(() => house.empty());

  test('an empty form shows every mistake at once, and a summary that leads to them', async () => {
    const page = await visitor(house).post('/sign-up', { channel: 'email' });
    expect(page.status).toBe(422);
    expect(faultsIn(page.html)).toEqual({
      email: 'Enter your email address.',
      username: 'Choose a username.',
      password: 'Choose a password.',
      dateOfBirth: 'Enter your date of birth.',
      country: 'Choose your country.',
      nativeLanguage: 'Choose the language you speak best.',
      learningLanguages: 'Choose at least one language you want to learn.',
    });
    for (const name of Object.keys(faultsIn(page.html))) expect(page.html).toContain(`<a href="#${name}">`);
    expect(page.html).toContain('<title>Error: ');
    // One after the other, as one meets them on the page.
    const led = [...page.html.matchAll(/<li><a href="#(\w+)">/g)].map(([, name]) => name);
    const places = led.map((name) => page.html.indexOf(` id="${name}"`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(led).toHaveLength(7);
  });

  test('an address fills in languages, and leaves out what is none, comes twice or is too much', async () => {
    const chosen = async (query: string) => {
      const { html } = await visitor(house).get(`/sign-up?${query}`);
      return [...html.matchAll(/<option value="([a-z]{2,3})" selected/g)].map(([, code]) => code);
    };
    const several = async (query: string) => {
      const { html } = await visitor(house).get(`/sign-up?${query}`);
      const list = /<select id="learningLanguages"[^>]* multiple[\s\S]*?<\/select>/.exec(html)![0];
      return list.match(/ selected/g)?.length ?? 0;
    };
    expect(await chosen('speak=en&learn=es')).toEqual(['en', 'es']);
    expect(await several('speak=en&learn=es')).toBe(1);
    expect(await chosen('speak=xx&learn=%3Cb%3E&next=x')).toEqual([]);
    expect(await chosen('speak=en&learn=xx&learn=ja')).toEqual(['en', 'ja']);
    expect(await chosen('speak=es&learn=es')).toEqual(['es']);
    expect(await chosen('speak[a]=en&learn[]=es')).toEqual([]);
    expect(await several('learn=es&learn=es&learn=fr&learn=de&learn=it&learn=ja&learn=pt')).toBe(5);
    const { html } = await visitor(house).get('/sign-up?speak=en&learn=es');
    expect(html).not.toContain('field-error');
  });

  test('the password is typed twice only without scripts, and once is enough', async () => {
    const { html } = await visitor(house).get('/sign-up');
    expect(html.replaceAll(/<noscript>[\s\S]*?<\/noscript>/g, '')).not.toContain('passwordConfirmation');
    expect(html).toContain('name="passwordConfirmation"');
    const once = await visitor(house).startSignUp({ passwordConfirmation: undefined });
    expect(once.page.redirectedTo).toBe('/sign-up/code');
    const other = await visitor(house).startSignUp({ passwordConfirmation: 'something else' });
    expect(other.page.status).toBe(422);
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
    for (const part of ['15', '05', '1995']) expect(html).toContain(`value="${part}"`);
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
    ['1ann', 'Start your username with a letter.'],
    ['4915123456789', 'Start your username with a letter.'],
    ['ann.', 'End your username with a letter or a digit.'],
    ['an..n', "Don't put two dots next to each other."],
    ['admin', 'This username is reserved. Please choose another.'],
    ['Supp0rt', 'This username is reserved. Please choose another.'],
    ['Chat_Link', 'This username is reserved. Please choose another.'],
  ])('the username %s is refused', async (username, text) => {
    expect(await faultsOf({ username })).toEqual({ username: text });
  });

  test('usernames of three and of thirty characters are welcome', async () => {
    for (const username of ['Zoe', 'x'.repeat(30), 'a._b.c_9'])
      expect((await send({ username })).redirectedTo).toBe('/sign-up/code');
  });

  test.each([
    [{ country: 'XX' }, { country: 'Choose your country.' }],
    [{ country: 'de' }, { country: 'Choose your country.' }],
    [{ nativeLanguage: 'xx' }, { nativeLanguage: 'Choose the language you speak best.' }],
    [
      { learningLanguages: ['es', 'xx'] },
      { learningLanguages: "Choose the languages you're learning from the list." },
    ],
    [{ learningLanguages: [''] }, { learningLanguages: 'Choose at least one language you want to learn.' }],
    [
      { learningLanguages: ['es', 'fr', 'it', 'pt', 'ja', 'ko'] },
      { learningLanguages: 'Choose at most 5 languages.' },
    ],
    [{ learningLanguages: ['es', 'es'] }, { learningLanguages: 'Choose each language only once.' }],
    [
      { learningLanguages: ['es', 'de'] },
      { learningLanguages: "You've chosen German as a language you speak. Choose another one to learn." },
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

  test('of a long password its two ends are looked at, so that judging it never takes long', async () => {
    const rules = createPasswordRules(guessEstimator, async () => false);
    const weak = 'p4$$w0rd'.repeat(3);
    const strong = 'lantern-tandem-42-rivers';
    expect(await rules.fault(weak + strong + weak, [])).toBe('guessed');
    expect(await rules.fault(strong + weak, [])).toBeNull();
    expect(await rules.fault(weak + strong, [])).toBeNull();
    expect(await rules.fault('😀'.repeat(128), [])).toBe('guessed');
  });
});

describe('contact', () => {
  beforeAll(() => house.empty());

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
    const mail = await house.outbox.next('Anna.Bell@gmail.com');
    expect(mail.text).toContain('You already have an account');
  });

  test.each([
    ['nothing', { mobile: '' }, 'Enter your mobile number.'],
    [
      'emails',
      { mobile: '+49 1512 CALLME' },
      "This number isn't complete, or it's not from that country. Please check it.",
    ],
    [
      'no country',
      { mobile: '01512 3456789', mobileCountry: '' },
      'Enter a mobile number with its country code, like +49 1512 3456789.',
    ],
    [
      'too few digits',
      { mobile: '+49 1512 34' },
      "This number isn't complete, or it's not from that country. Please check it.",
    ],
  ])('a mobile number with %s is refused', async (_, changes, text) => {
    expect(await faultsOf({ ...(byMobile('+4915123456789') as Record<string, string>), ...changes })).toEqual(
      {
        mobile: text,
      },
    );
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
      `+49 (0)${national}`,
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
});

describe('password', () => {
  beforeAll(() => house.empty());

  test.each([
    ['nothing', '', 'Choose a password.'],
    ['seven letters', 'kzqWv37', 'Use at least 8 characters.'],
    ['seven pictures', '🦊🐙🌵🧭🪁🛶🎻', 'Use at least 8 characters.'],
    ['129 letters', `${'kzqWv37!'.repeat(16)}x`, 'Use at most 128 characters.'],
    ['129 pictures', '🦊'.repeat(129), 'Use at most 128 characters.'],
  ])('a password of %s has the wrong length', async (_, password, text) => {
    expect(await faultsOf({ password })).toEqual({ password: text });
  });

  test('passwords of 8 and of 128 characters are welcome, whatever they are made of, exactly as typed', async () => {
    const long = Array.from({ length: 128 }, (_, n) => ['🦊', '🐙', '🌵', '🧭', '🪁'][(n * n) % 5]).join('');
    for (const password of ['kzqWv37!', ' kzq Wv37 ', long]) {
      const ann = visitor(house);
      const { username } = await ann.join({ password });
      await ann.post('/logout');
      expect(
        (await ann.signIn(username, password.trim() === password ? `${password} ` : password.trim())).status,
      ).toBe(422);
      expect((await ann.signIn(username, password)).redirectedTo).toBe('/people');
    }
  });

  test.each([
    ['a common one', { password: 'password123' }],
    ['a walk over the keyboard', { password: 'qwertzuiop' }],
    ['the username', { username: 'marlene_k', password: 'marlene_k1' }],
    ['the address', { email: 'heidi.sommer@example.com', password: 'heidi.sommer!' }],
    ['the site and a year', { password: 'ChatLink2026' }],
  ])('%s is no password', async (_, changes) => {
    expect(await faultsOf(changes)).toEqual({ password: expect.stringContaining('easy to guess') });
  });

  test('two passwords that differ are told apart', async () => {
    expect(await faultsOf({ passwordConfirmation: 'lantern-tandem-43' })).toEqual({
      passwordConfirmation: "The two passwords don't match.",
    });
  });

  test('who sends it once has typed it right', async () => {
    const { page } = await visitor(house).startSignUp({ passwordConfirmation: undefined });
    expect(page.redirectedTo).toBe('/sign-up/code');
    expect(await faultsOf({ passwordConfirmation: '' })).toEqual({
      passwordConfirmation: "The two passwords don't match.",
    });
  });
});
