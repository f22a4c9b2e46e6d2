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
    `${'a'.repeat(65)}@example.com`,
    `ann@${'b'.repeat(64)}.com`,
  ])('%j', (typed) => {
    expect(parseEmail(typed)).toBeNull();
  });
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
  ['a.n.n+club@example.com', 'a.n.n+club@example.com'],
  ['+4915123456789', '+4915123456789'],
])('%s reaches the mailbox %s', (destination, mailbox) => {
  expect(mailboxOf(destination)).toBe(mailbox);
});
