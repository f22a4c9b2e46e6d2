import { describe, expect, test } from '@jest/globals';
import { mailboxOf, maskEmail, parseEmail } from '../../../src/kernel/email-address.ts';

describe('an email address is read:', () => {
  test.each([
    ['ann@example.com', 'ann@example.com', 'ann@example.com'],
    ['  ann@example.com\t', 'ann@example.com', 'ann@example.com'],
    ['Ann.Lee@Example.COM', 'Ann.Lee@example.com', 'ann.lee@example.com'],
    ['a.n.n+club@gmail.com', 'a.n.n+club@gmail.com', 'a.n.n+club@gmail.com'],
    [
      "o'hara!#$%&*/?^_`{|}~-=@example.com",
      "o'hara!#$%&*/?^_`{|}~-=@example.com",
      "o'hara!#$%&*/?^_`{|}~-=@example.com",
    ],
    ['ann@bücher.example', 'ann@xn--bcher-kva.example', 'ann@xn--bcher-kva.example'],
    ['ann@BÜCHER.example', 'ann@xn--bcher-kva.example', 'ann@xn--bcher-kva.example'],
    ['ann@例え.jp', 'ann@xn--r8jz45g.jp', 'ann@xn--r8jz45g.jp'],
    ['ａｎｎ@example.com', 'ann@example.com', 'ann@example.com'],
    ['ann@sub.a-b.co.uk', 'ann@sub.a-b.co.uk', 'ann@sub.a-b.co.uk'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
    ['\u202aann@example.com\u202c', 'ann@example.com', 'ann@example.com'],
    ['\u2068ann@example.com\u2069', 'ann@example.com', 'ann@example.com'],
    ['ann@example.com\u200b', 'ann@example.com', 'ann@example.com'],
    ['\u200e ann@example.com \u200f\ufe0f', 'ann@example.com', 'ann@example.com'],
    ['\u00adann@example.com\u2060', 'ann@example.com', 'ann@example.com'],
    ['ann۱۹۹۸@example.com', 'ann1998@example.com', 'ann1998@example.com'],
    ['ann１２@example.com', 'ann12@example.com', 'ann12@example.com'],
    ['"ann"@example.com', 'ann@example.com', 'ann@example.com'],
  ])('%s', (typed, address, key) => {
    expect(parseEmail(typed)).toEqual({ address, key });
  });
});

describe('no email address:', () => {
  test.each([
    '',
    '@',
    'ann',
    'ann@',
    '@example.com',
    'ann@localhost',
    'ann@example',
    'ann@@example.com',
    'ann@a@example.com',
    'ann lee@example.com',
    'ann@exa mple.com',
    '.ann@example.com',
    'ann.@example.com',
    'an..n@example.com',
    'ann@.example.com',
    'ann@example..com',
    'ann@example.com.',
    'ann@-example.com',
    'ann@example-.com',
    'ann@127.0.0.1',
    'ann@[127.0.0.1]',
    'ann@example.123',
    '"ann lee"@example.com',
    'ann@example.com, eve@example.com',
    'ann@example.com\nbcc: eve@example.com',
    'Ann <ann@example.com>',
    'ann＠example.com',
    'ann@example．com',
    'ann@example。com',
    'ann@example%2ecom',
    'änn@example.com',
    'ann\u0000@example.com',
    'ann@exam\u200bple.com',
    'an\u00adn@example.com',
    '"an..n"@example.com',
    '"ann@example.com',
    'ann"@example.com',
    'ann@example.com\u200b.',
    `${'a'.repeat(65)}@example.com`,
    `ann@${'b'.repeat(64)}.com`,
  ])('%j', (typed) => {
    expect(parseEmail(typed)).toBeNull();
  });
});

describe('an address of a Japanese carrier is read, quoted or not:', () => {
  test.each([
    ['a..b@docomo.ne.jp', 'a..b@docomo.ne.jp'],
    ['ann.@docomo.ne.jp', 'ann.@docomo.ne.jp'],
    ['"a..b"@docomo.ne.jp', 'a..b@docomo.ne.jp'],
    ['"ann."@docomo.ne.jp', 'ann.@docomo.ne.jp'],
    ['A...-_b..@EZWEB.ne.jp', 'A...-_b..@ezweb.ne.jp'],
    ['ann..@au.com', 'ann..@au.com'],
    ['ann.-.@softbank.ne.jp', 'ann.-.@softbank.ne.jp'],
    ['\u202aａ..b@docomo.ne.jp\u202c', 'a..b@docomo.ne.jp'],
    [`${'a'.repeat(63)}.@docomo.ne.jp`, `${'a'.repeat(63)}.@docomo.ne.jp`],
  ])('%s', (typed, address) => {
    expect(parseEmail(typed)).toEqual({ address, key: address.toLowerCase() });
    expect(parseEmail(address)).toEqual({ address, key: address.toLowerCase() });
  });
});

test.each([
  '.ann@docomo.ne.jp',
  '..@docomo.ne.jp',
  'a..b@mail.docomo.ne.jp',
  'a..b@docomo.ne.jp.example',
  'a..b@gmail.com',
  'a b..@docomo.ne.jp',
  '"a b"@docomo.ne.jp',
  '"a"b"@docomo.ne.jp',
  'ann@docomo..ne.jp',
  `${'a'.repeat(64)}.@docomo.ne.jp`,
])('%s is none of theirs', (typed) => {
  expect(parseEmail(typed)).toBeNull();
});

test('254 characters are an address, 255 are none', () => {
  const domain = `${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.com`;
  const local = 'a'.repeat(254 - 1 - domain.length);
  expect(parseEmail(`${local}@${domain}`)?.address).toHaveLength(254);
  expect(parseEmail(`${local}a@${domain}`)).toBeNull();
});

test.each([
  ['ann@example.com', 'a••@example.com'],
  ['a@b.org', 'a••@b.org'],
  ['charlotte.brown@mailhouse.co.uk', 'c••••••••@mailhouse.co.uk'],
])('%s is shown as %s', (address, masked) => {
  expect(maskEmail(address)).toBe(masked);
});

test.each([
  ['a.n.n+club@gmail.com', 'ann@gmail.com'],
  ['ann@googlemail.com', 'ann@gmail.com'],
  ['a.n.n+club@example.com', 'a.n.n@example.com'],
  ['ann+1+2@outlook.com', 'ann@outlook.com'],
  ['ann+@proton.me', 'ann@proton.me'],
  ['ann+x@fastmail.com', 'ann@fastmail.com'],
  ['ann+x@icloud.com', 'ann@icloud.com'],
  ['a.n-n_x+y@pm.me', 'annx@proton.me'],
  ['ann@protonmail.com', 'ann@proton.me'],
  ['a.nn@mac.com', 'a.nn@icloud.com'],
  ['ann-lee@ya.ru', 'annlee@yandex.com'],
  ['+ann@example.com', '+ann@example.com'],
  ['+a+b@example.com', '+a@example.com'],
  ['a..b+x@docomo.ne.jp', 'a..b@docomo.ne.jp'],
  ['+4915123456789', '+4915123456789'],
])('%s reaches the mailbox %s', (destination, mailbox) => {
  expect(mailboxOf(destination)).toBe(mailbox);
});
