import { describe, expect, test } from '@jest/globals';
import { days, later } from '../../../src/kernel/clock.ts';
import { ApiClient } from '../../support/api.ts';
import { ways } from '../../support/both-ways.ts';
import { fetchJson, packedFor } from '../../support/copies.ts';
import { member, rowOf, type Someone } from '../../support/deletion.ts';
import { edit, kept, openForm, save } from '../../support/editing.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { errorsIn, textOf } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const path = '/settings/privacy';

async function stored({ username }: Pick<Someone, 'username'>) {
  const [row] = await house.stores.sql<{
    visibility: string;
    findable: string | null;
    whoMayWrite: string | null;
  }>('SELECT "visibility", "findable", "whoMayWrite" FROM "User" WHERE "username" = $1', [username]);
  return row!;
}
/** What the page has ticked, with the field that goes along. */
const chosenIn = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/type="radio"[^>]* name="(\w+)" value="(\w+)" checked/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  );
const shownIn = (html: string) => /name="shown" value="([^"]*)"/.exec(html)![1]!.replaceAll('&amp;', '&');

/** Somebody who was that old two days ago. */
function aged(years: number): Promise<Someone> {
  const birthday = later(house.clock.now(), -days(2)).toISOString();
  return member(house, { dateOfBirth: `${Number(birthday.slice(0, 4)) - years}${birthday.slice(4, 10)}` });
}

describe('law: by default under 18, findable and written to by matches only', () => {
  test.each([
    [14, 'matches'],
    [15, 'matches'],
    [16, 'matches'],
    [17, 'matches'],
    [18, 'band'],
    [40, 'band'],
  ])('of %i years: %s', async (years, choice) => {
    const { ann, username } = await aged(years);
    const { html } = await ann.get(path);
    const shown = years < 18 ? 'off' : 'on';
    expect(chosenIn(html)).toEqual({
      visibility: 'members',
      findable: choice,
      whoMayWrite: choice,
      presence: shown,
      receipts: shown,
    });
    expect(textOf(html).includes("You're under 18")).toBe(years < 18);
    expect((await new ApiClient(ann).get(path)).body).toEqual(chosenIn(html));
    expect(await stored({ username })).toEqual({ visibility: 'members', findable: null, whoMayWrite: null });
  });

  test('what is saved as it was shown is not chosen: with another band another default stands', async () => {
    const { ann, username } = await aged(17);
    const { html } = await ann.get(path);
    await ann.post(path, { ...chosenIn(html), shown: shownIn(html), findable: 'nobody' });
    expect(await stored({ username })).toEqual({
      visibility: 'members',
      findable: 'nobody',
      whoMayWrite: null,
    });
    await house.stores.sql(`UPDATE "User" SET "dateOfBirth" = '1990-01-01' WHERE "username" = $1`, [
      username,
    ]);
    expect(chosenIn((await ann.get(path)).html)).toMatchObject({ findable: 'nobody', whoMayWrite: 'band' });
  });

  test('minors may choose stricter and wider', async () => {
    const { ann } = await aged(15);
    for (const choice of ['nobody', 'band', 'matches']) {
      await ann.post(path, { findable: choice, whoMayWrite: choice });
      expect(chosenIn((await ann.get(path)).html)).toMatchObject({ findable: choice, whoMayWrite: choice });
    }
  });
});

describe.each(ways)('who sees, finds and writes to me ($name)', (way) => {
  test('is chosen, each by itself', async () => {
    const someone = await member(house);
    const send = (fields: Record<string, string>) => way.send(someone.ann, path, fields);
    expect((await send({ whoMayWrite: 'nobody' })).status).toBe(200);
    expect(await stored(someone)).toEqual({ visibility: 'members', findable: null, whoMayWrite: 'nobody' });
    expect((await send({ visibility: 'nobody', findable: 'matches' })).status).toBe(200);
    expect(await stored(someone)).toEqual({
      visibility: 'nobody',
      findable: 'matches',
      whoMayWrite: 'nobody',
    });
  });

  test('is none of anything else', async () => {
    const someone = await member(house);
    for (const field of ['visibility', 'findable', 'whoMayWrite', 'presence', 'receipts']) {
      const { status, faults } = await way.send(someone.ann, path, { [field]: 'friends' });
      expect([status, faults]).toEqual([422, { [field]: 'Choose one of these.' }]);
    }
  });

  test('and so is what partners see beside words', async () => {
    const { ann, username } = await member(house);
    const shown = async () => {
      const [row] = await house.stores.sql<{ presence: boolean | null; receipts: boolean | null }>(
        'SELECT "presence", "receipts" FROM "User" WHERE "username" = $1',
        [username],
      );
      return [row!.presence, row!.receipts];
    };
    expect(await shown()).toEqual([null, null]);
    await way.send(ann, path, { presence: 'off' });
    expect(await shown()).toEqual([false, null]);
    await way.send(ann, path, { presence: 'on', receipts: 'off' });
    expect(await shown()).toEqual([true, false]);
    expect(chosenIn((await ann.get(path)).html)).toMatchObject({ presence: 'on', receipts: 'off' });
    expect(textOf((await ann.get(path)).html)).toContain("you don't see it of them either");
  });

  test('hides me from everyone else at once', async () => {
    const [{ ann, username }, { ann: ben }] = [await member(house), await member(house)];
    await way.send(ann, path, { visibility: 'nobody' });
    expect((await ben.get(`/people/${username}`)).status).toBe(404);
    await way.send(ann, path, { visibility: 'members' });
    expect((await ben.get(`/people/${username}`)).status).toBe(200);
  });
});

test('what was chosen is in the copy of its person', async () => {
  const { ann, username } = await member(house);
  await ann.post(path, { findable: 'matches', presence: 'off', receipts: 'on' });
  await packedFor(house, ann, username);
  const privacyChoices = { findable: 'matches', whoMayWrite: null, presence: false, receipts: true };
  expect(await fetchJson(ann)).toMatchObject({ privacyChoices });
});

test('a tab that was open does not widen what another one has narrowed', async () => {
  const someone = await member(house);
  const { ann } = someone;
  const { html } = await ann.get(path);
  await ann.post(path, {
    ...chosenIn(html),
    shown: shownIn(html),
    whoMayWrite: 'nobody',
    visibility: 'nobody',
  });
  await ann.post(path, { ...chosenIn(html), shown: shownIn(html), findable: 'matches' });
  expect(await stored(someone)).toEqual({ visibility: 'nobody', findable: 'matches', whoMayWrite: 'nobody' });
});

describe('visibility has moved here from the profile', () => {
  test('whose form has it no more, and saves without it', async () => {
    const { ann, username } = await member(house);
    await ann.post(path, { visibility: 'nobody' });
    expect((await openForm(ann)).visibility).toBe('');
    await edit(ann, { bio: 'Hello' });
    expect(await kept(house, username)).toMatchObject({ bio: 'Hello', visibility: 'nobody' });
  });

  test('and is still taken there for a release, unless it was changed here meanwhile', async () => {
    const { ann, username } = await member(house);
    const old = { ...(await openForm(ann)), visibility: 'members' };
    expect((await save(ann, { ...old, visibility: 'nobody' })).status).toBe(303);
    expect(await kept(house, username)).toMatchObject({ visibility: 'nobody' });

    await ann.post(path, { visibility: 'members' });
    const open = { ...(await openForm(ann)), visibility: 'members' };
    await ann.post(path, { visibility: 'nobody' });
    const refused = await save(ann, open);
    expect(refused.status).toBe(422);
    expect(textOf(refused.html)).toContain('Who can see your profile');
    expect(await kept(house, username)).toMatchObject({ visibility: 'nobody' });
  });

  test('a form that was open before, without it, saves all the same', async () => {
    const { ann, username } = await member(house);
    const open = await openForm(ann);
    await ann.post(path, { visibility: 'nobody' });
    expect((await save(ann, { ...open, bio: 'From before' })).status).toBe(303);
    expect(await kept(house, username)).toMatchObject({ bio: 'From before', visibility: 'nobody' });
  });
});

test('the settings say what is set', async () => {
  const [{ ann }, ben] = [await member(house), await member(house)];
  const row = async (name: string) => {
    const text = textOf((await ann.get('/settings')).html);
    return text.slice(text.indexOf(name)).slice(0, 80);
  };
  expect(await row('Who sees me')).toMatch(
    /^Who sees me Everyone in my age group Who may write Everyone in my age/,
  );
  expect(await row('Blocked people')).toMatch(/^Blocked people Nobody/);
  await ann.post(path, { visibility: 'nobody', whoMayWrite: 'matches' });
  await ann.post(`/people/${ben.username}/block`);
  await ann.get('/profile');
  expect(await row('Who sees me')).toMatch(
    /^Who sees me Nobody Who may write Only people whose languages match/,
  );
  expect(await row('Blocked people')).toMatch(/^Blocked people 1 person/);
});

test('the page says what is wrong beside its field', async () => {
  const { ann } = await member(house);
  const page = await ann.post(path, { findable: 'everyone' });
  expect([page.status, errorsIn(page.html)]).toEqual([422, ['Choose one of these.']]);
  expect(await rowOf(house, 'nobody')).toBeUndefined();
});
