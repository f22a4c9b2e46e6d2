import { expect, test } from '@jest/globals';
import { catalogueOf } from '../../support/wording/entries.ts';
import { catalogueFiles, spokenFiles } from '../../support/wording/files.ts';
import { faultsOfTemplates, faultsOfUse } from '../../support/wording/keys.ts';

const english = catalogueOf(catalogueFiles, 'en');

test('every entry is said by somebody, and those of scripts by their scripts', () => {
  expect(faultsOfUse(spokenFiles, english)).toEqual([]);
});

test('templates name entries that exist, and give each what it wants', () => {
  expect(
    faultsOfTemplates(
      spokenFiles.filter(({ path }) => path.endsWith('.ejs')),
      english,
    ),
  ).toEqual([]);
});

const texts = new Map([
  ['home.title', 'Learn'],
  ['home.hello', 'Hello {name}'],
  ['home.link', 'Read <link>the <b>rules</b></link>, {name}'],
  ['home.fault.large', 'Too large'],
  ['home.fault.odd', 'Odd'],
  ['home.browser.upload.lost', 'Lost'],
  ['web.browser.app.again', 'Again'],
]);

test('a planted entry that nobody says is found', () => {
  const script = "t('home.browser.upload.lost'); t('web.browser.app.again');";
  const code = "message('home.title'); const key: Key = 'home.hello'; issue(`home.fault.${fault}`);";
  const used = [
    { path: 'src/features/home/upload.browser.ts', text: script },
    { path: 'src/features/home/a.ts', text: code },
    { path: 'views/home/a.ejs', text: "<%- rich('home.link') %>" },
  ];
  expect(faultsOfUse(used, texts)).toEqual([]);
  const [scripts, , view] = used;
  expect(faultsOfUse([scripts!, view!], texts)).toEqual([
    'home.title: nobody says it',
    'home.hello: nobody says it',
    'home.fault.large: nobody says it',
    'home.fault.odd: nobody says it',
  ]);
  expect(
    faultsOfUse([...used.slice(1), { path: 'src/features/home/other.browser.ts', text: script }], texts),
  ).toEqual([
    'src/features/home/other.browser.ts: home.browser.upload.lost is not of its script',
    'home.browser.upload.lost: nobody says it',
  ]);
  expect(
    faultsOfUse(
      [...used, { path: 'src/features/home/b.ts', text: "message('web.browser.app.again')" }],
      texts,
    ),
  ).toEqual(['src/features/home/b.ts: web.browser.app.again is not of its script']);
});

test.each([
  ["<%= t('home.titel') %>", 'there is no "home.titel"'],
  ['<%= t(it.key) %>', 'its key is no literal'],
  ["<%= t('home.hello') %>", 'home.hello: lacks the value name'],
  ["<%= t('home.hello', { name: it.name, age: 3 }) %>", 'home.hello: has a value too many: age'],
  ["<%= t('home.title', { site }) %>", 'home.title: has a value too many: site'],
  ["<%= t('home.hello', it.values) %>", 'home.hello: its values and tags stand elsewhere'],
  ["<%= t('home.hello', { ...it.values }) %>", 'home.hello: its values and tags stand elsewhere'],
  ["<%- rich('home.link', { name }) %>", 'home.link: lacks the tag link'],
  [
    "<%- rich('home.link', { name }, { link: el('a'), rules: el('b') }) %>",
    'home.link: has a tag too many: rules',
  ],
  ["<%= t('home.link', { name }) %>", 'home.link: its tags would be left out'],
  ['<%= t(`home.faults.${it.fault}`) %>', 'no key begins like this'],
  ["<%= t(it.ok ? 'home.title' : 'home.no') %>", 'there is no "home.no"'],
])('a planted fault of a template is found: %s', (text, fault) => {
  expect(faultsOfTemplates([{ path: 'views/home/a.ejs', text: `\n${text}` }], texts)).toEqual([
    `views/home/a.ejs:2: ${fault}`,
  ]);
});

test.each([
  ["<%= t('home.hello', { name }) %><%= t(`home.fault.${it.fault}`) %>"],
  ["<%- rich('home.link', { name }, { link: el('a', { href }) }) %>"],
  ["<%= t(it.ok ? 'home.title' : 'home.fault.odd') %>"],
])('and what is right is none: %s', (text) => {
  expect(faultsOfTemplates([{ path: 'views/home/a.ejs', text }], texts)).toEqual([]);
});

test('in plain text tags need not be drawn', () => {
  const text = "<%- rich('home.link', { name }) %> <%= t('home.link', { name }) %>";
  expect(faultsOfTemplates([{ path: 'views/mail/a.text.ejs', text }], texts)).toEqual([]);
});
