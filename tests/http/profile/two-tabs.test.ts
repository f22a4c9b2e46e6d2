import { expect, test } from '@jest/globals';
import { interestCodes } from '../../../src/kernel/interests.ts';
import { edit, fieldsIn, kept, openForm, type ProfileFields, save } from '../../support/editing.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { whileHeld } from '../../support/locks.ts';
import { statuses, together } from '../../support/many.ts';
import { type Page, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** Somebody with a filled profile and two tabs that show its form. */
const withTwoTabs = async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  await edit(ann, { displayName: 'Ann', bio: 'Ahoj', country: 'DE', interests: ['', 'tea'] });
  return { ann, username, first: await openForm(ann), second: await openForm(ann) };
};

/** What the page says of each field that was changed meanwhile. */
const changesIn = ({ html }: Page): string[] =>
  [
    ...(/<ul class="entries meanwhile">([\s\S]*?)<\/ul>/.exec(html)?.[1] ?? '').matchAll(
      /<li[\s\S]*?<\/li>/g,
    ),
  ].map(([item]) => textOf(item));

test('the later tab is told field by field, loses nothing, and saves at the second press', async () => {
  const { ann, username, first, second } = await withTwoTabs();
  const theirs = { ...first, displayName: 'Ann S.', bio: 'Hej\nfrom Kiel', country: 'DK' };
  expect((await save(ann, theirs)).redirectedTo).toBe('/profile');

  const mine = { ...second, bio: 'Hola', interests: ['', 'tea', 'sea'] };
  const page = await save(ann, mine);
  expect(page.status).toBe(422);
  expect(textOf(page.html)).toContain('changed in another window');
  expect(changesIn(page)).toEqual([
    'Display name Saved now Ann S. What this form still had Ann You had not changed this here, so the form below has what is saved now.',
    'About yourself Saved now Hej from Kiel What you typed Hola Keep mine Use the saved one',
    'Country Saved now Denmark What this form still had Germany You had not changed this here, so the form below has what is saved now.',
  ]);
  expect((await kept(house, username)).bio).toBe('Hej\nfrom Kiel');

  // What was typed stays, what was not touched follows, and what nobody else changed is as it was typed.
  const again = fieldsIn(page.html);
  expect(again).toMatchObject({
    displayName: 'Ann S.',
    bio: 'Hola',
    country: 'DK',
    interests: ['', 'tea', 'sea'],
    version: '2',
  });
  expect((await save(ann, again)).redirectedTo).toBe('/profile');
  expect(await kept(house, username)).toEqual({
    displayName: 'Ann S.',
    bio: 'Hola',
    country: 'DK',
    visibility: 'members',
    interests: ['tea', 'sea'],
    profileVersion: 3,
  });
});

test('between the page and the second press somebody may be faster again', async () => {
  const { ann, username, first, second } = await withTwoTabs();
  await save(ann, { ...first, bio: 'one' });
  const page = await save(ann, { ...second, bio: 'two' });
  await edit(ann, { bio: 'three' });
  const later = await save(ann, fieldsIn(page.html));
  expect(later.status).toBe(422);
  expect(changesIn(later)[0]).toContain('Saved now three What you typed two');
  expect((await kept(house, username)).bio).toBe('three');
});

test.each<[string, Partial<ProfileFields>]>([
  ['a version that never was', { version: '99' }],
  ['no number', { version: '1e9' }],
  ['marks of no form of ours', { shown: '' }],
  ['marks that are a mess', { shown: '%00.<script>' }],
])('a form with %s is told every difference', async (_, forged) => {
  const { ann, first, second } = await withTwoTabs();
  await save(ann, { ...first, bio: 'one' });
  const page = await save(ann, { ...second, bio: 'two', country: 'AT', ...forged });
  expect(page.status).toBe(422);
  expect(changesIn(page)[0]).toContain('Saved now one What you typed two');
  expect((await save(ann, fieldsIn(page.html))).redirectedTo).toBe('/profile');
});

test('a second press of the same button is the first one', async () => {
  const { ann, username, first } = await withTwoTabs();
  const form = { ...first, bio: 'Hej' };
  expect((await save(ann, form)).redirectedTo).toBe('/profile');
  expect((await save(ann, form)).redirectedTo).toBe('/profile');
  expect((await kept(house, username)).profileVersion).toBe(2);
});

test('nobody is asked where the other tab said the same', async () => {
  const { ann, username, first, second } = await withTwoTabs();
  await save(ann, { ...first, bio: 'Hej' });
  expect((await save(ann, { ...second, bio: 'Hej', country: 'DK' })).redirectedTo).toBe('/profile');
  expect(await kept(house, username)).toMatchObject({ bio: 'Hej', country: 'DK', profileVersion: 3 });
});

test('a mistake is mended first, under the version of its form', async () => {
  const { ann, first, second } = await withTwoTabs();
  await save(ann, { ...first, bio: 'one' });
  const page = await save(ann, { ...second, bio: 'two', country: 'XX' });
  expect(page.status).toBe(422);
  for (const name of ['version', 'shown'] as const)
    expect(page.html).toContain(`name="${name}" value="${second[name]}"`);
});

test('of fifty parallel saves of one version, at two instances, one wins and keeps all it said', async () => {
  const { ann, username, first } = await withTwoTabs();
  const codes = ['coffee', 'sea', 'yoga', 'films'];
  await ann.token();
  await withAnother(house, {}, async (other) => {
    const elsewhere = visitor(other);
    for (const [name, value] of ann.cookies) elsewhere.cookies.set(name, value);
    await elsewhere.get('/settings/profile');
    const tabs = [ann, elsewhere];
    const pages = await together(50, (n) =>
      save(tabs[n % 2]!, {
        ...first,
        displayName: `Ann ${n}`,
        bio: `bio ${n}`,
        interests: ['', codes[n % 4]!],
      }),
    );
    expect(statuses(pages)).toEqual({ 303: 1, 422: 49 });
    const winner = pages.findIndex((page) => page.status === 303);
    expect(await kept(house, username)).toEqual({
      displayName: `Ann ${winner}`,
      bio: `bio ${winner}`,
      country: 'DE',
      visibility: 'members',
      interests: [codes[winner % 4]],
      profileVersion: 2,
    });
  });
});

test('a save that waited for another one takes away the interests that the other one brought', async () => {
  const { ann, username, first } = await withTwoTabs();
  await ann.token();
  const pages: Promise<Page>[] = [];
  await whileHeld(
    house,
    `SELECT FROM "User" WHERE "username" = '${username}' FOR UPDATE`,
    async (waiting) => {
      const saveAs = (version: string, codes: string[]) =>
        save(ann, { ...first, version, interests: ['', ...codes] });
      pages.push(saveAs('1', interestCodes.slice(0, 10)));
      await waiting(1);
      // Nobody could know this version yet; whoever guesses it must not end with twenty.
      pages.push(saveAs('2', interestCodes.slice(10, 20)));
      await waiting(2);
    },
  );
  expect(statuses(await Promise.all(pages))).toEqual({ 303: 2 });
  expect((await kept(house, username)).interests).toEqual(interestCodes.slice(10, 20));
});

test('what both tabs ticked and unticked is laid together', async () => {
  const { ann, username, first, second } = await withTwoTabs();
  await save(ann, { ...first, interests: ['', 'tea', 'sea', 'chess'] });
  const page = await save(ann, { ...second, interests: ['', 'yoga'] });
  expect(changesIn(page)).toEqual([
    'Interests Saved now Tea, The sea, Chess What you chose Yoga Keep both together, as they are ticked below Use the saved one',
  ]);
  // "tea" was unticked here, "sea" and "chess" ticked there, "yoga" here.
  const again = fieldsIn(page.html);
  expect([...again.interests].sort()).toEqual(['', 'chess', 'sea', 'yoga']);
  expect((await save(ann, again)).redirectedTo).toBe('/profile');
  expect([...(await kept(house, username)).interests].sort()).toEqual(['chess', 'sea', 'yoga']);
});

test('where both together are too many, the form holds its own', async () => {
  const { ann, first, second } = await withTwoTabs();
  await save(ann, { ...first, interests: ['', ...interestCodes.slice(0, 6)] });
  const mine = ['', ...interestCodes.slice(10, 16)];
  const page = await save(ann, { ...second, interests: mine });
  expect(changesIn(page)[0]).toContain('Keep mine Use the saved one');
  expect([...fieldsIn(page.html).interests].sort()).toEqual([...mine].sort());
});

test('field by field the other version can be taken, whatever the form still says', async () => {
  const { ann, username, first, second } = await withTwoTabs();
  await save(ann, { ...first, bio: 'theirs', displayName: 'Theirs', interests: ['', 'sea'] });
  const page = await save(ann, { ...second, bio: 'mine', displayName: 'Mine', interests: ['', 'yoga'] });
  expect(page.html).not.toContain('<title>Error: ');
  expect(page.html).not.toContain('role="alert"');
  const choice = { bioFrom: 'saved', displayNameFrom: 'here', interestsFrom: 'saved' };
  expect((await save(ann, { ...fieldsIn(page.html), ...choice })).redirectedTo).toBe('/profile');
  expect(await kept(house, username)).toMatchObject({
    bio: 'theirs',
    displayName: 'Mine',
    interests: ['sea'],
  });
});

test('a field that is taken from what is saved cannot be wrong, and stays taken beside a mistake', async () => {
  const { ann, first, second } = await withTwoTabs();
  await save(ann, { ...first, bio: 'theirs' });
  const page = await save(ann, { ...second, bio: 'mine' });
  const fields = { ...fieldsIn(page.html), bio: 'x'.repeat(501), bioFrom: 'saved' };
  const mistaken = await save(ann, { ...fields, displayName: 'y'.repeat(51) });
  expect(mistaken.status).toBe(422);
  expect(fieldsIn(mistaken.html).bio).toBe('theirs');
  expect((await save(ann, fields)).redirectedTo).toBe('/profile');
});
