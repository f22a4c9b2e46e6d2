import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseEmail } from '../../../src/kernel/email-address.ts';
import { parsePhone } from '../../../src/kernel/phone-number.ts';
import { parseUsername, type Username, usernameKeyOf } from '../../../src/kernel/username.ts';
import { hostile, withInside } from './hostile.ts';

const plain = "a Ann lee Z 9 007 . .. _ - @ @example.com +49 +4915123456789 0151 xn-- null %00 / \\ < '";
const foreign = 'ı İ K ſ ß ａ а ⅷ \u0301';
const unseen = '\0\t\n\r \u00a0\u200b\u202e\ufeff\udfff\ud800'.split('');
/** The shape of a username: whether it is a reserved one is still to be judged. */
const likely = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.]{1,28}[A-Za-z0-9]$/, { size: 'max' });
const fragments = [...`${plain} ${foreign}`.split(' '), ...unseen];
const spoiled = fc.tuple(likely, fc.constantFrom(...fragments)).chain((both) => withInside(...both));
const typed = fc.oneof(hostile(fragments), likely, spoiled);

function read(text: string): Username | null {
  const answer = parseUsername(text);
  return 'fault' in answer ? null : answer;
}

/** A property of whatever is accepted. */
function whateverIsAccepted(check: (username: string, key: string) => void): void {
  return fc.assert(
    fc.property(typed, (text) => {
      const answer = read(text);
      if (answer) check(answer.username, answer.key);
    }),
    { numRuns: 2_000 },
  );
}

test('an accepted username has the promised letters and length', () => {
  whateverIsAccepted((username) => {
    expect(username).toMatch(/^(?!.*\.\.)[A-Za-z][A-Za-z0-9_.]{1,28}[A-Za-z0-9]$/);
  });
});

test('an accepted username is never read as an email address or a phone number', () => {
  whateverIsAccepted((username) => {
    expect(parseEmail(username)).toBeNull();
    for (const country of [undefined, 'DE', 'US']) expect(parsePhone(username, country)).toBeNull();
  });
});

test('an accepted username keeps its key when it is read again, and in an address', () => {
  whateverIsAccepted((username, key) => {
    expect(key).toBe(username.toLowerCase());
    expect(parseUsername(username)).toEqual({ username, key });
    expect(parseUsername(key)).toEqual({ username: key, key });
    expect(usernameKeyOf(username)).toBe(key);
  });
});

test('case decides nothing: neither whether a username is accepted nor its key', () => {
  const twice = likely.chain((text) => fc.tuple(fc.constant(text), fc.mixedCase(fc.constant(text))));
  const judged = (text: string): string => Object.values(parseUsername(text)).at(-1)!;
  fc.assert(
    fc.property(twice, ([one, other]) => expect(judged(other)).toBe(judged(one))),
    { numRuns: 1_000 },
  );
});

test('a reserved name stays reserved with digits, dots, underscores and capitals among its letters', () => {
  const digits: Record<string, string> = { o: '0', i: '1', e: '3', s: '5' };
  const gap = fc.constantFrom('', '.', '_');
  const disguised = (letter: string): fc.Arbitrary<string> =>
    fc
      .tuple(fc.constantFrom(letter, letter.toUpperCase(), digits[letter] ?? letter), gap)
      .map((both) => both.join(''));
  const reserved = fc.constantFrom('admin', 'chatlink', 'support', 'moderator', 'settings', 'no_reply');
  const disguise = reserved.chain((name) => fc.tuple(...name.split('').map(disguised)));
  fc.assert(
    // The last letter's dot or underscore would be a fault of its own.
    fc.property(disguise, (letters) => expect(read(letters.join('').replace(/[._]+$/, ''))).toBeNull()),
    { numRuns: 1_000 },
  );
});

test('in an address, any text stands for one well-formed key or for nobody', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const key = usernameKeyOf(text);
      if (key === null) return;
      expect(key).toMatch(/^[a-z][a-z0-9_.]{1,28}[a-z0-9]$/);
      expect(key).toBe(text.toLowerCase());
      expect(usernameKeyOf(key)).toBe(key);
    }),
    { numRuns: 2_000 },
  );
});
