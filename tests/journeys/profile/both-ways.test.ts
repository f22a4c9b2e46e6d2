import { beforeAll, describe, expect, test } from '@jest/globals';
import { days, hours } from '../../../src/kernel/clock.ts';
import { ways } from '../../support/both-ways.ts';
import { kept, openForm, type ProfileFields } from '../../support/editing.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { elsewhere, fieldsOf, spoken } from '../../support/speaking.ts';
import { type Fields, type Joined, type Visitor, visitor } from '../../support/visitor.ts';

/** A person at the page and a program at the API walk the same way, and meet the same. */
const house = await houseOfThisFile();

interface ProfileStep {
  what: string;
  fields: Fields;
  status: number;
  faults?: Record<string, string>;
  leaves: object;
}

const whole = {
  displayName: 'Ann Sørensen',
  bio: 'Ahoj\nHello',
  country: 'CH',
  visibility: 'members',
  interests: ['', 'tea', 'singing'],
};
const asWritten = { ...whole, interests: ['tea', 'singing'] };

const profileSteps: ProfileStep[] = [
  { what: 'everything', fields: whole, status: 200, leaves: { ...asWritten, profileVersion: 1 } },
  {
    what: 'what is not spoken of stays',
    fields: { displayName: 'Ann', bio: '', country: 'AT' },
    status: 200,
    leaves: { ...asWritten, displayName: 'Ann', bio: '', country: 'AT', profileVersion: 2 },
  },
  {
    what: 'no interest at all',
    fields: { ...whole, interests: [''] },
    status: 200,
    leaves: { ...asWritten, interests: [], profileVersion: 3 },
  },
  {
    what: 'mistakes in every field',
    fields: {
      displayName: 'ChatLink support',
      bio: 'x'.repeat(501),
      country: 'XX',
      visibility: 'friends',
      interests: ['', 'nonsense'],
    },
    status: 422,
    faults: {
      displayName:
        "Your display name can't look as if you speak for ChatLink. Leave out words like “support”, “admin” or “official”.",
      bio: "Use at most 500 characters. You've used 501.",
      country: 'Choose your country.',
      visibility: 'Choose who can see your profile.',
      interests: 'Choose your interests from the list.',
    },
    leaves: { interests: [], profileVersion: 3 },
  },
  {
    what: 'a version that is over, with other texts',
    fields: { ...whole, bio: 'Mine', version: '0' },
    status: 422,
    leaves: { bio: whole.bio, profileVersion: 3 },
  },
  {
    what: 'the same, taking back what is its own',
    fields: { ...whole, bio: 'y'.repeat(600), bioFrom: 'saved', version: '3' },
    status: 200,
    leaves: { ...asWritten, profileVersion: 4 },
  },
  {
    what: 'a field too many',
    fields: { ...whole, username: 'x' },
    status: 400,
    leaves: { profileVersion: 4 },
  },
  {
    what: 'a field twice',
    fields: { ...whole, bio: ['a', 'b'] },
    status: 400,
    leaves: { profileVersion: 4 },
  },
  {
    what: 'a profile that nobody sees',
    fields: { ...whole, visibility: 'nobody' },
    status: 200,
    leaves: { visibility: 'nobody', profileVersion: 5 },
  },
];

describe.each(ways)('a profile by the $name:', (way) => {
  const [ann, ben]: Visitor[] = [visitor(house), visitor(house)];
  let username: string;
  beforeAll(async () => {
    await house.empty();
    ({ username } = await ann!.signUp());
    await ben!.signUp();
  });

  test.each(profileSteps)('$what', async ({ fields, status, faults = {}, leaves }) => {
    const sent = await way.send(ann!, '/settings/profile', fields);
    expect([sent.status, sent.faults]).toEqual([status, faults]);
    expect(await kept(house, username)).toMatchObject(leaves);
  });

  test('what a form was filled with keeps what another device saved meanwhile', async () => {
    const { version, shown }: ProfileFields = await openForm(ann!);
    const theirs = { ...whole, visibility: 'nobody', bio: 'Of the other device' };
    expect((await way.send(ann!, '/settings/profile', theirs)).status).toBe(200);
    const mine = { ...whole, visibility: 'members', bio: 'Of the other device', version, shown };
    expect((await way.send(ann!, '/settings/profile', mine)).status).toBe(200);
    expect(await kept(house, username)).toMatchObject({ bio: theirs.bio, visibility: 'members' });
  });

  test('others see it, and nothing of a hidden one', async () => {
    const seen = await way.read(ben!, `/people/${username}`);
    expect(seen.status).toBe(200);
    for (const text of ['Ann Sørensen', 'Of the other device', username]) expect(seen.text).toContain(text);
    expect(seen.text).not.toMatch(/1995|example\.com|contacts/);
    expect((await way.read(ann!, '/profile')).text).toMatch(/@example\.com/);

    await way.send(ann!, '/settings/profile', { ...whole, visibility: 'nobody' });
    expect((await way.read(ben!, `/people/${username}`)).status).toBe(404);
    expect((await way.read(ben!, '/people/nobody_at_all')).status).toBe(404);
    expect((await way.read(ann!, `/people/${username}`)).status).toBe(200);
  });
});

interface LanguageStep {
  what: string;
  after?: number;
  wants: string;
  more?: Fields;
  status: number;
  faults?: Record<string, string>;
  retryAfter?: string;
  leaves: string;
}

const languageSteps: LanguageStep[] = [
  { what: 'the free change', wants: 'de fr / es-B1', status: 200, leaves: 'de fr / es-B1' },
  {
    what: 'mistakes, each beside its row',
    wants: 'de / es xx',
    status: 422,
    faults: { 'learningLanguages-1': "Choose the languages you're learning from the list." },
    leaves: 'de fr / es-B1',
  },
  {
    what: 'a language on both sides',
    wants: 'de / ja de',
    status: 422,
    faults: {
      'learningLanguages-1': "You've chosen German as a language you speak. Choose another one to learn.",
    },
    leaves: 'de fr / es-B1',
  },
  {
    what: 'the change that counts',
    after: hours(25),
    wants: 'de / es-B1',
    status: 200,
    leaves: 'de / es-B1',
  },
  {
    what: 'one more within thirty days',
    after: days(1),
    wants: 'de fr / es-B1',
    status: 429,
    retryAfter: String((29 * days(1)) / 1000),
    leaves: 'de / es-B1',
  },
  { what: 'a level at any time', wants: 'de / es-B2', status: 200, leaves: 'de / es-B2' },
  {
    what: 'a level that there is not',
    wants: 'de / es-B9',
    status: 422,
    faults: { levels: 'Choose a level from the list.' },
    leaves: 'de / es-B2',
  },
  {
    what: 'after thirty days',
    after: days(29),
    wants: 'de fr / es-B2',
    status: 200,
    leaves: 'de fr / es-B2',
  },
];

describe.each(ways)('languages by the $name:', (way) => {
  let ann: Visitor;
  let person: Joined;
  beforeAll(async () => {
    await house.empty();
    ann = visitor(house);
    person = await ann.signUp();
  });

  test.each(languageSteps)('$what', async ({ after = 0, wants, status, faults = {}, retryAfter, leaves }) => {
    house.clock.pass(after);
    // No session lives so long.
    if (after > 0) ann = await elsewhere(house, person);
    const sent = await way.send(ann, '/settings/languages', fieldsOf(wants));
    expect([sent.status, sent.faults, sent.retryAfter]).toEqual([status, faults, retryAfter]);
    expect(await spoken(house, person.username)).toBe(leaves);
  });
});
