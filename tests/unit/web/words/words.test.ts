import { expect, test } from '@jest/globals';
import type { Key } from '../../../../src/kernel/message.ts';
import { el } from '../../../../src/web/words/markup.ts';
import { pseudoLocales } from '../../../../src/web/words/pseudo.ts';
import { createWords, type Words } from '../../../../src/web/words/words.ts';

const english = new Map([
  ['a.plain', "It's here, and it isn't <strong>there</strong>."],
  ['a.greeting', 'Hello {name}!'],
  ['a.link', 'Read <link>the rules of {name}</link> & more.'],
  ['a.tries', '{count, plural, one {# try left} other {# tries left}}'],
  ['a.contact', 'Your {channel, select, mobile {number} other {address}}.'],
  ['a.wait', 'Wait {wait}.'],
  ['a.at', 'On {at, date, moment} UTC.'],
  ['web.time.moment', '{at, date, moment} UTC'],
  ['web.time.day', '{at, date, day}'],
  ['a.browser.upload.lost', 'Lost.'],
  ['a.browser.upload.left', 'You have {count, plural, one {# letter} other {# letters}} left, {name}.'],
  ['a.browser.uploads.other', 'Of another script.'],
]);

/** These keys are of no catalogue. */
type Loose = {
  t(key: string, values?: object): string;
  rich(key: string, values?: object, tags?: object): string;
  say(value: unknown): string;
  sayRich(value: unknown, tags?: object): string;
} & Pick<Words, 'dir' | 'forBrowser'>;

function wordsIn(locale: string, texts = english): Loose {
  return createWords(locale, texts) as unknown as Loose;
}
const en = wordsIn('en');

test('plain text says values as they are and leaves tags out', () => {
  expect(en.t('a.plain')).toBe("It's here, and it isn't there.");
  expect(en.t('a.greeting', { name: '<b>Ann & Co</b>' })).toBe('Hello <b>Ann & Co</b>!');
});

test('HTML escapes text and values, and draws the tags that it is given', () => {
  expect(en.rich('a.plain')).toBe('It&#39;s here, and it isn&#39;t <strong>there</strong>.');
  const link = el('a', { href: '/rules?a="b"' });
  expect(en.rich('a.link', { name: '<script>' }, { link })).toBe(
    'Read <a href="/rules?a=&#34;b&#34;">the rules of &lt;script&gt;</a> &amp; more.',
  );
  expect(() => en.rich('a.link', { name: 'x' })).toThrow('link');
});

test('counts and kinds choose their words', () => {
  expect([1, 2, 0].map((count) => en.t('a.tries', { count }))).toEqual([
    '1 try left',
    '2 tries left',
    '0 tries left',
  ]);
  expect(en.t('a.contact', { channel: 'mobile' })).toBe('Your number.');
  expect(en.t('a.contact', { channel: 'email' })).toBe('Your address.');
});

test('values may be messages, names and lists, said in the same language', () => {
  const wait = { key: 'a.tries' as Key, values: { count: 3 } };
  expect(en.t('a.wait', { wait })).toBe('Wait 3 tries left.');
  const german = { named: 'language', code: 'de' };
  expect(en.t('a.greeting', { name: german })).toBe('Hello German!');
  expect(wordsIn('fr').t('a.greeting', { name: [german, { named: 'country', code: 'CY' }] })).toBe(
    'Hello Allemand et Chypre!',
  );
  expect(en.say({ key: 'a.greeting', values: { name: 'Ann' } })).toBe('Hello Ann!');
  expect(en.say('of a release before')).toBe('of a release before');
});

test.each([
  ['pt-BR', 'Alemanha'],
  ['zh-Hans', '德国'],
  ['zh-TW', '德國'],
  ['sr-Latn-RS', 'Nemačka'],
])('a catalogue called %s has the names of the language that it is in', (locale, name) => {
  expect(wordsIn(locale).say({ named: 'country', code: 'DE' })).toBe(name);
});

test('times are told in UTC, and in HTML are marked for the script that knows the zone', () => {
  const at = Date.UTC(2026, 10, 25, 14, 3);
  expect([en.say({ shape: 'moment', at }), en.say({ shape: 'day', at })]).toEqual([
    '25 Nov 2026, 14:03 UTC',
    '25 Nov 2026',
  ]);
  expect(wordsIn('fr').say({ shape: 'moment', at })).toBe('25 nov. 2026, 14:03 UTC');
  expect(en.rich('a.wait', { wait: { shape: 'day', at } })).toBe(
    'Wait <time datetime="2026-11-25T14:03:00.000Z" data-shape="day">25 Nov 2026</time>.',
  );
});

test('what a model says becomes HTML as entries do: messages, what they hold, names and strings', () => {
  const name = { named: 'language', code: 'de' };
  const greeting = { key: 'a.greeting', values: { name: ['<Ann>', name] } };
  expect(en.sayRich(greeting)).toBe('Hello &lt;Ann&gt; and German!');
  expect(en.sayRich({ key: 'a.plain', values: {} })).toBe(
    'It&#39;s here, and it isn&#39;t <strong>there</strong>.',
  );
  expect(en.sayRich({ key: 'a.wait', values: { wait: greeting } })).toBe(
    'Wait Hello &lt;Ann&gt; and German!.',
  );
  expect(en.sayRich('<of a release before>')).toBe('&lt;of a release before&gt;');
  const link = el('a', { href: '/rules' });
  expect(en.sayRich({ key: 'a.link', values: { name: 'x' } }, { link })).toBe(
    'Read <a href="/rules">the rules of x</a> &amp; more.',
  );
});

test('moments are told in UTC', () => {
  expect(en.t('a.at', { at: Date.UTC(2026, 10, 25, 14, 3) })).toBe('On 25 Nov 2026, 14:03 UTC.');
});

test('a key that does not exist, and a value that is missing, throw', () => {
  expect(() => en.t('a.missing')).toThrow('There is no message "a.missing"');
  expect(() => en.t('a.greeting')).toThrow('name');
});

test('scripts get their own entries, laid out for each plural category of the locale', () => {
  expect(JSON.parse(en.forBrowser('upload'))).toEqual({
    'a.browser.upload.lost': 'Lost.',
    'a.browser.upload.left': {
      one: 'You have {count} letter left, {name}.',
      other: 'You have {count} letters left, {name}.',
    },
  });
  const few = Object.keys(JSON.parse(wordsIn('pl').forBrowser('upload'))['a.browser.upload.left']);
  expect(few.toSorted()).toEqual(['few', 'many', 'one', 'other']);
});

test('what scripts say has the apostrophes that are read, and not those that a catalogue doubles', () => {
  const texts = new Map([
    ['a.browser.upload.page', "La page d''avant n'a pas {size, number} Mo, '{'tant pis'}'."],
    ['a.browser.upload.left', "{count, plural, one {# lettre d'amour} other {# lettres d''amour}} n'est là."],
  ]);
  expect(JSON.parse(wordsIn('en', texts).forBrowser('upload'))).toEqual({
    'a.browser.upload.page': "La page d'avant n'a pas {size} Mo, {tant pis}.",
    'a.browser.upload.left': {
      one: "{count} lettre d'amour n'est là.",
      other: "{count} lettres d'amour n'est là.",
    },
  });
  const pseudo = JSON.parse(
    wordsIn('ar-XB', new Map(pseudoLocales(texts).get('ar-XB'))).forBrowser('upload'),
  );
  expect(pseudo['a.browser.upload.page']).not.toContain("''");
});

test('a locale knows its direction', () => {
  expect(['en', 'ar', 'he', 'ar-XB', 'uk'].map((locale) => wordsIn(locale).dir)).toEqual([
    'ltr',
    'rtl',
    'rtl',
    'rtl',
    'ltr',
  ]);
});

test('pseudo-locales change what is said and nothing else', () => {
  const [longer, mirrored] = [...pseudoLocales(english)].map(([locale, texts]) =>
    wordsIn(locale, new Map(texts)),
  );
  expect(longer!.t('a.greeting', { name: 'Ann' })).toBe('⟦ĤéļļöĤé Ann!⟧');
  expect(longer!.t('a.tries', { count: 1 })).toBe('⟦1 ţŕýţŕ ļéfţļé⟧');
  expect(mirrored!.t('a.greeting', { name: 'Ann' })).toBe('\u200f\u202eHello\u202c\u200f \u2068Ann\u2069!');
});

test('from right to left each value is set apart from what stands around it, with the @ of a name', () => {
  const texts = new Map([
    ['a.block', 'Block @{name}?'],
    ['a.mail', 'Write to {name}@{site} or <link>{email}</link>, <b>in {count} days</b>.'],
    ['a.kind', '{kind, select, one {For {name}} other {+{name}, {name}}}'],
    ['a.count', '{count, plural, one {# code} other {# codes}}'],
    ['a.who', '<who>{name}</who>, {count}: <bdi>{name}</bdi>'],
    ['a.url', 'Not you? {url} or <link>{undoUrl}</link>'],
  ]);
  const [ar, ltr] = [wordsIn('ar', texts), wordsIn('en', texts)];
  const shown = (text: string) => text.replace(/\u2068/g, '[').replace(/\u2069/g, ']');
  expect(shown(ar.t('a.block', { name: 'mika' }))).toBe('Block [@mika]?');
  expect(ltr.t('a.block', { name: 'mika' })).toBe('Block @mika?');
  const values = { name: 'mika', site: 'host', email: 'a@b.c', count: 3 };
  expect(shown(ar.t('a.mail', values))).toBe('Write to [mika][@host] or [a@b.c], in [3] days.');
  expect(shown(ar.rich('a.mail', values, { link: el('a') }))).toBe(
    'Write to [mika][@host] or [<a>a@b.c</a>], <b>in [3] days</b>.',
  );
  expect(shown(ar.t('a.kind', { kind: 'one', name: 'Ann' }))).toBe('For [Ann]');
  expect(shown(ar.t('a.kind', { kind: 'two', name: 'Ann' }))).toBe('+[Ann], [Ann]');
  expect(ar.t('a.count', { count: 2 })).not.toContain('\u2068');
  expect(shown(ar.rich('a.who', values, { who: el('bdi') }))).toBe('<bdi>mika</bdi>, [3]: <bdi>mika</bdi>');
  expect(shown(ar.t('a.who', values))).toBe('[mika], [3]: [mika]');
  const url = 'https://chatlink.example/x';
  expect(ar.t('a.url', { url, undoUrl: url })).toBe(`Not you? ${url} or ${url}`);
});
