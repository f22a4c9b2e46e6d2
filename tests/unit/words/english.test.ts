import { expect, test } from '@jest/globals';
import { idleAllowances, isAllowed } from '../../support/wording/allowed.ts';
import { wordsOutsideCatalogues } from '../../support/wording/english.ts';
import { spokenFiles } from '../../support/wording/files.ts';

const all = wordsOutsideCatalogues(spokenFiles);

test('every word that a person reads stands in a catalogue', () => {
  const found = all
    .filter((finding) => !isAllowed(finding))
    .map(({ path, line, text }) => `${path}:${line}: ${text}`);
  expect(spokenFiles.length).toBeGreaterThan(300);
  expect(found).toEqual([]);
});

test('nothing is allowed that is not there', () => expect(idleAllowances(all)).toEqual([]));

function planted(path: string, text: string): string[] {
  return wordsOutsideCatalogues([{ path, text }])
    .filter((finding) => !isAllowed(finding))
    .map(({ line, text: words }) => `${line}: ${words}`);
}

test.each([
  ['<p>\n  Hello</p>', '2: Hello'],
  ['<p>Hello <%= it.name %>!</p>', '1: Hello !'],
  ['<title><% if (it.bad) { %>Error: <% } %><%= say(it.title) %></title>', '1: Error:'],
  ['<nav aria-label="Settings"></nav>', '1: Settings'],
  ['<img alt="a cat">', '1: a cat'],
  ['<meta name="description" content="<%= it.site %> is good">', '1: is good'],
  ['<form data-busy="Saving…"></form>', '1: Saving…'],
  ['<b data-choices="one of two"></b>', '1: one of two'],
  ['<%= it.count === 1 ? "minute" : t("home.title") %>', '1: minute'],
  ['<p title="<%= it.on ? "on" : "off" %>"></p>', '1: on\n1: off'],
  ["<%- include('partials/field', { label: 'email' }) %>", '1: email'],
  ['<%- include("partials/field", { hint: `up to ${it.most} letters` }) %>', '1: up to letters'],
  ["<% const heading = it.mine ? 'Your photos' : it.name; %>", '1: Your photos'],
  ["\n<% for (const part of ['Day', 'Month']) { %><%= part %><% } %>", '2: Day\n2: Month'],
])('in a template: %s', (text, words) => {
  expect(planted('views/home/planted.ejs', text)).toEqual(words.split('\n'));
});

test.each([
  ['Hello,\n<%= it.name %>', ['1: Hello,']],
  ['<%= it.reference %>: your <%= it.site %> code', ['1: : your code']],
  ["<%= t('home.title') %>\n<%= it.url %>", []],
])('in a text message: %s', (text, words) => {
  expect(planted('views/mail/planted.text.ejs', text)).toEqual(words);
});

test.each([
  ["res.render('home/landing', { title: 'Welcome' });", '1: Welcome'],
  ["const text = wrong ? 'Please try again.' : null;", '1: Please try again.'],
  ['throw new AppError(404, "There is nobody here.");', '1: There is nobody here.'],
  ['const said = () => `You can ask again in ${wait}.`;', '1: You can ask again in .'],
  ["const row = { label: 'pictures', path: '/settings' };", '1: pictures'],
  ["z.string().min(1, 'Enter your password.');", '1: Enter your password.'],
  ["button.textContent = 'Stop';", '1: Stop'],
  ["const names = ['Day', 'Month'];", '1: Day\n1: Month'],
])('in code: %s', (text, words) => {
  expect(planted('src/features/home/planted.ts', text)).toEqual(words.split('\n'));
});

test.each([
  [
    'views/home/planted.ejs',
    '<p class="card wide" data-shape="day"><%= t("home.title") %> · <%= it.site.name %>&nbsp;</p>',
  ],
  [
    'views/home/planted.ejs',
    '<style>.card { color: red; }</style><!-- a remark --><script>const a = "Some words";</script>',
  ],
  [
    'views/home/planted.ejs',
    "<%# a remark %><% if (it.kind === 'Some words') { %><%- include('partials/icon', { name: 'info' }) %><% } %>",
  ],
  ['views/home/planted.ejs', '<a class="<%= it.on ? "on" : "off" %>" href="/sign-up"></a>'],
  ['src/features/home/planted.ts', 'throw new Error(`There is no view "${name}"`);'],
  ['src/features/home/planted.ts', "log.warn({ id }, 'the queue is full'); deps.log.error('it is gone');"],
  ['src/features/home/planted.ts', 'const rows = Prisma.sql`SELECT name FROM people`;'],
  ['src/features/home/planted.ts', "metrics.gauge({ name: 'queue', help: 'How many wait.' });"],
  ['src/features/home/planted.ts', "if (event.key === 'Enter') switch (word) { case 'Some words': }"],
  ['src/features/home/planted.ts', "type Kind = 'Some words'; const kinds = { 'Some words': 1 };"],
])('and what no person reads is none, in %s: %s', (path, text) => expect(planted(path, text)).toEqual([]));
