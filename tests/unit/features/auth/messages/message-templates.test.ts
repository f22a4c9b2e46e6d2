import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { HtmlValidate } from 'html-validate';
import { createMessageTemplates } from '../../../../../src/features/auth/messages/message-templates.ts';
import { createViews } from '../../../../../src/web/views/views.ts';
import { catalogues, english } from '../../../../support/words.ts';
import { messages } from '../../../../support/pages.ts';

const views = createViews(join(import.meta.dirname, '../../../../../views'), { strict: true });
const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'doctype-style': ['error', { style: 'lowercase' }],
    'void-style': ['error', { style: 'omit' }],
    'no-trailing-whitespace': 'off',
    // Mail programs keep a div and often drop a main.
    'prefer-native-element': 'off',
  },
});

const all = messages.flatMap(({ name, parts, model }) =>
  parts.map((part) => ({ name: `${name}.${part}`, part, model })),
);

/** The basic set of GSM 03.38, without the characters that count twice. One SMS holds 160 of them. */
const GSM_7 = /^[A-Za-z0-9 \n\r@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]*$/;

test.each(all)('$name renders and says which message it is', ({ name, model }) => {
  const text = views.render(name, model, english);
  if ('reference' in model) expect(text).toContain('KFR');
  expect(text).not.toMatch(/undefined|null|\[object/);
  expect(text).toBe(text.trim() + (name.endsWith('.html') ? '\n' : ''));
});

test.each(all.filter(({ part }) => part === 'subject'))(
  '$name is one short line without the code',
  ({ name, model }) => {
    const subject = views.render(name, model, english);
    expect(subject).not.toMatch(/\n|\d{6}/);
    expect(subject.length).toBeLessThan(60);
  },
);

test.each(all.filter(({ part }) => part === 'html'))(
  '$name is valid HTML with nothing from elsewhere',
  ({ name, model }) => {
    const html = views.render(name, model, english);
    const { results } = validator.validateStringSync(html);
    expect(
      results.flatMap(({ messages }) => messages.map((m) => `${m.line} ${m.ruleId}: ${m.message}`)),
    ).toEqual([]);
    expect(html).not.toMatch(/<script|<img|\ssrc=|<link|\son\w+=/);
    expect(html).toContain('name="color-scheme" content="light dark"');
  },
);

/** Read by a person, without tags and styles. */
function textOf(rendered: string): string {
  const entities: Record<string, string> = {
    '&#39;': "'",
    '&#34;': '"',
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
  };
  return rendered
    .replace(/<style>[\s\S]*<\/style>|<[^>]+>/g, ' ')
    .replace(/&[#\w]+;/g, (entity) => entities[entity] ?? entity);
}

/** Names, addresses and moments, which no catalogue says. */
function withoutValues(text: string, model: object): string {
  const given = Object.entries({ ...model, browser: 'Firefox', system: 'Windows' });
  const within = given.flatMap(([, value]) =>
    typeof value === 'object' && value !== null ? Object.entries(value as object) : [],
  );
  const values = [...given, ...within]
    .flatMap(([name, value]) =>
      typeof value === 'string' && !['how', 'channel'].includes(name) ? value.split('\n') : [],
    )
    .flatMap((value) => [value, value.replace(/<[^>]+>/g, ' ')])
    .toSorted((a, b) => b.length - a.length);
  return values
    .reduce((left, value) => left.replaceAll(value, ''), text)
    .replace(/\p{L}+ \d{1,2}, \d{4}(?:, \d{1,2}:\d{2}\s[AP]M)?/gu, '');
}

test.each(all)('$name has all of its words from the catalogue', ({ name, model }) => {
  const said = textOf(views.render(name, model, catalogues.wordsIn('en-XA')));
  expect(said).not.toMatch(/\b(mail|web)\.\w/);
  const words = withoutValues(said, model).match(/\p{L}+/gu) ?? [];
  expect(words.length).toBeGreaterThan(1);
  expect(words.filter((word) => /^[a-z]+$/i.test(word))).toEqual([]);
});

test.each(all.filter(({ part }) => part === 'html'))(
  '$name is laid out the way its language runs',
  ({ name, model }) => {
    expect(views.render(name, model, english)).toContain('<html lang="en" dir="ltr">');
    const mirrored = views.render(name, model, catalogues.wordsIn('ar-XB'));
    // Webmail keeps the body alone.
    for (const element of ['<html', '<div class="letter" role="main"'])
      expect(mirrored).toContain(`${element} lang="ar-XB" dir="rtl">`);
    expect(mirrored).not.toMatch(/\b(mail|web)\.\w|text-align: (left|right)|(margin|padding)-(left|right)/);
  },
);

describe('the code', () => {
  const model = {
    code: '012345',
    reference: 'KFR',
    minutes: 10,
    site: 'ChatLink',
    url: 'https://chatlink.example',
  };

  test('stands on its own in the text, and in the mail just once', () => {
    const text = views.render('mail/sign-up-code.text', model, english);
    expect(text.match(/(?<!\d)\d{6}(?!\d)/g)).toEqual(['012345']);
    expect(text.split('\n')).toContain('012345');
    expect(views.render('mail/sign-up-code.html', model, english).match(/(?<![\d#])\b\d{6}\b/g)).toEqual([
      '012345',
    ]);
  });

  test.each([
    '',
    'a.io',
    'chatlink.example',
    `${'a'.repeat(56)}.org`,
    `${'a'.repeat(57)}.org`,
    'a'.repeat(200),
  ])('fits one SMS for the host %j', (host) => {
    const text = views.render('sms/sign-up-code.text', { ...model, host }, english);
    expect(text).toMatch(GSM_7);
    expect(text.length).toBeLessThanOrEqual(160);
    expect(text).toMatch(/^KFR: your ChatLink code is 012345\. /);
  });

  test('is offered to the phone only for our host, where there is room', () => {
    const sms = (host: string) => views.render('sms/sign-up-code.text', { ...model, host }, english);
    expect(sms('chatlink.example').split('\n').at(-1)).toBe('@chatlink.example #012345');
    expect(sms('a'.repeat(61))).not.toContain('@');
    expect(sms('')).not.toContain('@');
  });
});

test('text is not HTML: nothing is escaped', () => {
  const model = { reference: 'KFR', site: "Anna & Bob's", loginUrl: 'https://a.example/login?a=1&b=2' };
  expect(views.render('mail/account-exists.text', model, english)).toContain(model.loginUrl);
  expect(views.render('mail/account-exists.subject', model, english)).toBe(
    "KFR: you already have a Anna & Bob's account",
  );
  expect(views.render('mail/account-exists.html', model, english)).toContain(
    'https://a.example/login?a=1&amp;b=2',
  );
});

test.each(messages.filter(({ name }) => name.startsWith('sms/') && !name.endsWith('-code')))(
  '$name fits one SMS, with the longest username',
  ({ name, model }) => {
    const longest = 'username' in model ? { ...model, username: 'w'.repeat(30) } : model;
    const text = views.render(`${name}.text`, longest, english);
    expect(text).toMatch(GSM_7);
    expect(text.length).toBeLessThanOrEqual(160);
  },
);

const seen = { username: 'ann', at: new Date('2026-11-25T14:03:00Z'), device: 'an unknown device' };

test.each([
  { kind: 'new-device', ...seen },
  { kind: 'password-changed', ...seen },
  { kind: 'account-deletion', ...seen, barred: null },
  { kind: 'contact-changed', ...seen, channel: 'email', how: 'changed', token: null },
] as const)('an email of $kind begins a line with a device that nobody knows, a text does not', (news) => {
  const url = new URL('https://chatlink.example');
  const templates = createMessageTemplates(views, catalogues, url, { now: () => seen.at });
  const { text, html } = templates.mail(news, 'en');
  expect(text).toMatch(/^An unknown device, 25 Nov 2026, 14:03 UTC$/m);
  expect(html).toContain('<strong>An unknown device</strong>');
  expect(templates.sms(news, 'en')).not.toContain('An unknown');
});
