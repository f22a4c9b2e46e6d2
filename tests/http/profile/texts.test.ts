import { expect, test } from '@jest/globals';
import { edit, fieldsIn, kept, openForm } from '../../support/editing.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const ann = visitor(house);
const { username } = await ann.signUp();

const family = '👩‍👩‍👧‍👦';
/** A kiss in two skin tones: the longest emoji there is. */
const kiss = '👩🏽‍❤️‍💋‍👨🏿';

test.each([
  ['letters', 'x'],
  ['letters with accents of their own', 'e\u0301'],
  ['Chinese characters', '語'],
  ['families', family],
  ['kisses', kiss],
  ['Devanagari syllables', 'कि'],
])('fifty %s are a name and five hundred a text; one more is too many', async (_, one) => {
  const most = { displayName: one.repeat(50), bio: one.repeat(500) };
  expect((await edit(ann, most)).redirectedTo).toBe('/profile');
  const now = await kept(house, username);
  expect([now.displayName, now.bio]).toEqual([most.displayName.normalize('NFC'), most.bio.normalize('NFC')]);

  const page = await edit(ann, { displayName: one.repeat(51), bio: one.repeat(501) });
  expect(page.status).toBe(422);
  const faults = faultsIn(page.html);
  expect(faults.displayName).toMatch(/^Use at most 50 characters\./);
  expect(faults.bio).toMatch(/^Use at most 500 characters\./);
  expect(fieldsIn(page.html).bio).toBe(one.repeat(501));
  expect(await kept(house, username)).toEqual(now);
});

test('what is too long is told by how much, as long as that is of use', async () => {
  const page = await edit(ann, { displayName: `${family.repeat(50)}!`, bio: 'x'.repeat(1_001) });
  expect(faultsIn(page.html)).toEqual({
    displayName: 'Use at most 50 characters. You have 51.',
    bio: 'Use at most 500 characters.',
  });
});

test.each([
  ['a line break', 'Ann\nBell', 'a control character or a line break after “⁨Ann⁩”'],
  ['an escape', 'Ann\u001b[31m', 'a control character or a line break after “⁨Ann⁩”'],
  ['an override', 'Ann\u202egnp.exe', 'turns the direction of text after “⁨Ann⁩”'],
  ['an isolate that never ends', '\u2067Ann', 'turns the direction of text at its beginning'],
  ['a lone joiner', 'A\u200dnn', 'an invisible character after “⁨A⁩”'],
  ['nothing to see', '\u3164', 'an invisible character at its beginning'],
  ['words hidden in tags', 'Ann\u{e0048}\u{e0069}', 'an invisible character after “⁨Ann⁩”'],
  ['a tower of accents', `Ann Z${'\u0301'.repeat(600)}`, 'too many accents on one letter'],
  ['an accent for our own words', '\u0301Ann', 'accents without a letter'],
  ['an apple', 'Ann\uf8ff', 'a character that most devices cannot show after “⁨Ann⁩”'],
])('a name with %s is refused, and the message says where', async (_, displayName, says) => {
  const before = await kept(house, username);
  const page = await edit(ann, { displayName });
  expect(page.status).toBe(422);
  expect(faultsIn(page.html).displayName).toContain(says);
  expect(await kept(house, username)).toEqual(before);
});

test('ten thousand accents on one letter neither pass nor break the page', async () => {
  for (const field of ['displayName', 'bio']) {
    const page = await edit(ann, { [field]: `Z${'\u0301'.repeat(10_000)}` });
    expect(page.status).toBe(422);
    expect(page.html).toContain('Save my profile');
  }
  // Small enough to be read, too tall to be shown.
  const page = await edit(ann, { bio: `Z${'\u0301\u0323'.repeat(3_000)}` });
  expect(faultsIn(page.html).bio).toContain('too many accents on one letter');
});

test('half a surrogate pair never reaches the form', async () => {
  await openForm(ann);
  const token = await ann.token();
  const page = await ann.send('post', '/settings/profile', `_csrf=${token}&country=DE&bio=%ED%A0%80`);
  expect(page.status).toBe(400);
});

test('line breaks stay, however they were written, but heaps of empty lines do not', async () => {
  await edit(ann, { displayName: '', bio: '\r\n one \r\ntwo\rthree\u2028four\n\n\n\n\n\nfive\n' });
  expect((await kept(house, username)).bio).toBe('one\ntwo\nthree\nfour\n\n\nfive');
  expect((await openForm(ann)).bio).toBe('one\ntwo\nthree\nfour\n\n\nfive');
  const lines = (n: number) => Array.from({ length: n }, (_, line) => line).join('\n');
  expect((await edit(ann, { bio: lines(40) })).redirectedTo).toBe('/profile');
  const page = await edit(ann, { bio: lines(41) });
  expect(faultsIn(page.html).bio).toBe('Use at most 40 lines. You have 41.');
});

test('a text is shown as it is, on its own, and does nothing', async () => {
  const displayName = '<b>Ann</b> "&amp;"';
  const bio = '<script>alert(1)</script>\nhttps://example.com\nשלום\u200f!';
  await edit(ann, { displayName, bio });
  const { html } = await ann.get(`/people/${username}`);
  expect(html).toContain('<bdi>&lt;b&gt;Ann&lt;/b&gt; &#34;&amp;amp;&#34;</bdi>');
  expect(html).toMatch(
    /<p class="written written-lines" dir="auto">&lt;script&gt;alert\(1\)&lt;\/script&gt;\nhttps:\/\/example\.com\nשלום\u200f!<\/p>/,
  );
  expect(html).not.toContain('<script>alert');
  expect(html).not.toContain('href="https://example.com');
  expect(await openForm(ann)).toMatchObject({ displayName, bio });
});
