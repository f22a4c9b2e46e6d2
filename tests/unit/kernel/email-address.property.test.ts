import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type EmailAddress, mailboxOf, maskEmail, parseEmail } from '../../../src/kernel/email-address.ts';
import { trimmed } from '../../../src/kernel/text/typed.ts';
import { hostile, withInside } from './hostile.ts';

/** What becomes an `@` or a dot under NFKC or IDNA, alone or with something else; then what nobody sees. */
const spoilers = '＠﹫．﹒․‥…。｡⒈\0\t\n \u007f\u00a0\u00ad\u200b\u202e\u2028\ufeff\udfff\ud800'.split('');
const usual = 'ann Ann.Lee +club @ @ @gmail.com @example.com . .com - xn-- xn--bcher-kva bücher 0.1 0x7f';
const oddities = 'faß İ K ａ ⅷ ℡ ㏂ ℀ a\u0301 \u0345 %2e %40 %00 =? " < > , ( / ? # : \\ [::1]';
const fragments = [...usual.split(' '), ...oddities.split(' '), 'a'.repeat(62), ...spoilers];

const word = fc.stringMatching(/^[A-Za-z0-9]{1,30}$/, { size: 'max' });
const local = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('.'));
const label = fc.constantFrom('a', 'B2', 'example', 'x-y', 'Bücher', '例え', 'xn--bcher-kva', 'n'.repeat(63));
const domain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => `${labels.join('.')}.Com`);
function joined(...both: fc.Arbitrary<string>[]) {
  return fc.tuple(...both).map((parts) => parts.join('@'));
}
const [good, bad] = [joined(local, domain), hostile(fragments)];
const typed = fc.oneof(bad, good, joined(local, bad), joined(bad, domain));

/** A browser's own reading of a host, without the NFKC that ours begins with. */
function asBrowsersRead(host: string): string {
  return new URL(`http://${host}`).hostname;
}

/** A property of whatever is accepted, with what was typed. */
function whateverIsAccepted(check: (email: EmailAddress, text: string) => void): void {
  return fc.assert(
    fc.property(typed, (text) => {
      const email = parseEmail(text);
      if (email) check(email, text);
    }),
    { numRuns: 2_000 },
  );
}

test('an accepted address is printable ASCII around one @, and short enough to send to', () => {
  whateverIsAccepted(({ address }) => {
    expect(address).toMatch(/^[!-?A-~]{1,64}@([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+(?!\d+$)[a-z\d-]+$/);
    expect(address.length).toBeLessThanOrEqual(254);
  });
});

test('a good address is accepted, with its domain in ASCII, unless it is too long', () => {
  fc.assert(
    fc.property(local, domain, fc.constantFrom('', ' ', '\t\n'), (name, host, space) => {
      const address = `${name}@${asBrowsersRead(host)}`;
      const expected = name.length <= 64 && address.length <= 254 ? address : undefined;
      expect(parseEmail(`${space}${name}@${host}${space}`)?.address).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});

test('reading an address or its key again changes nothing', () => {
  whateverIsAccepted(({ address, key }) => {
    expect(key).toBe(address.toLowerCase());
    expect(parseEmail(address)).toEqual({ address, key });
    expect(parseEmail(key)).toEqual({ address: key, key });
  });
});

test('an address points where it pointed when it was typed', () => {
  whateverIsAccepted(({ address }, text) => {
    const [, host, ...more] = trimmed(text).split('@');
    expect(more).toEqual([]);
    expect(address.split('.')).toHaveLength(trimmed(text).split('.').length);
    expect(address.split('@')[1]).toBe(asBrowsersRead(host!));
  });
});

test('a look-alike of @ or a dot, or an invisible character, makes a good address none', () => {
  const spoiled = fc.tuple(good, fc.constantFrom(...spoilers)).chain((both) => withInside(...both));
  fc.assert(
    fc.property(spoiled, (text) => expect(parseEmail(text)).toBeNull()),
    { numRuns: 2_000 },
  );
});

test('a mask shows the first letter and the domain, and of the length no more than eight dots', () => {
  whateverIsAccepted(({ address }) => {
    expect(maskEmail(address)).toMatch(/^[!-~]•{2,8}@/);
    expect(maskEmail(address).replace(/•+/, '')).toBe(address[0] + address.slice(address.indexOf('@')));
  });
});

test('the mailbox of a mailbox is itself, and elsewhere than at those who know more spellings it is the key without its +tag', () => {
  whateverIsAccepted(({ key }) => {
    expect(mailboxOf(mailboxOf(key))).toBe(mailboxOf(key));
    if (!/@(gmail|googlemail|proton|protonmail|pm|icloud|me|mac|yandex|ya)\.(com|me|ru|by|kz)$/.test(key))
      expect(mailboxOf(key)).toBe(key.replace(/(?<=^.[^+]*)\+.*@/, '@'));
  });
});

test('dots, a +tag and the older domain reach the same Gmail mailbox', () => {
  const letters = fc.array(fc.constantFrom('a', 'n', 'x', 'z', '7', '9'), { minLength: 2, maxLength: 9 });
  const end = fc.stringMatching(/^(\+[a-z.+]{0,9})?@(google|g)mail\.com$/);
  fc.assert(
    fc.property(letters, fc.constantFrom('.', ''), end, (name, dot, rest) => {
      expect(mailboxOf(name.join(dot) + rest)).toBe(`${name.join('')}@gmail.com`);
    }),
  );
});
