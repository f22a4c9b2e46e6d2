import { createActivityStore } from '../../src/features/people/activity/activity.store.ts';
import { createLooks } from '../../src/features/people/activity/looks.ts';
import { anybody, type Filters } from '../../src/features/people/finding/filters.ts';
import type { PeoplePage } from '../../src/features/people/finding/people.ts';
import { createPeople } from '../../src/features/people/finding/people.service.ts';
import { createPeopleStore } from '../../src/features/people/finding/people.store.ts';
import { type Random, systemRandom, uuidv7 } from '../../src/kernel/ids.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { deriveHmac } from '../../src/platform/keys.ts';
import { createTally } from '../../src/platform/limits/tally.ts';
import { createCursors } from '../../src/web/cursors.ts';
import type { Nodes } from './nodes.ts';

export interface Given {
  username: string;
  native: readonly string[];
  learning: readonly string[];
  level?: string | null; // of each language that is learnt
  born?: string;
  country?: string;
  visibility?: string;
  findable?: string | null;
  interests?: readonly string[];
  joined?: Date;
}

export interface Found extends Viewer, Given {}

const usual = {
  level: null,
  born: '1990-01-01',
  country: 'DE',
  visibility: 'members',
  findable: null,
  interests: [],
};

const insert = `
  WITH given AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS g("id" uuid, "username" text, "born" date, "country" text,
    "visibility" text, "findable" text, "joined" timestamptz, "native" text[], "learning" text[], "level" text, "interests" text[])
  ), people AS (
    INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "passwordHash", "dateOfBirth",
                        "country", "visibility", "findable", "createdAt", "updatedAt")
    SELECT "id", "username", "username", "username" || '@example.com', "username" || '@example.com', "joined", '$argon2id$', "born",
           "country", "visibility"::"ProfileVisibility", "findable"::"FindableBy", "joined", "joined" FROM given
  ), interests AS (
    INSERT INTO "UserInterest" ("userId", "code", "position")
    SELECT g."id", i.code, i.n FROM given g, unnest(g."interests") WITH ORDINALITY AS i(code, n)
  )
  INSERT INTO "UserLanguage" ("userId", "code", "role", "position", "level")
  SELECT g."id", l.code, 'native'::"LanguageRole", l.n, NULL FROM given g, unnest(g."native") WITH ORDINALITY AS l(code, n)
  UNION ALL
  SELECT g."id", l.code, 'learning', l.n, g."level"::"LanguageLevel" FROM given g, unnest(g."learning") WITH ORDINALITY AS l(code, n)`;

type Stores = Pick<Nodes, 'clock' | 'of'> & { stores: Pick<Nodes['stores'], 'sql'> };

/** People to be found, on two nodes. */
export function finding({ stores, clock, of }: Stores, random: Random = systemRandom) {
  const activity = of(({ db }) => createActivityStore(db));
  const people = of(({ db, redis }) =>
    createPeople({
      store: createPeopleStore(db, () => []),
      looks: createLooks(createTally(redis, 'shown'), createActivityStore(db)),
      cursors: createCursors(deriveHmac('secret', 'cursors')),
    }),
  );
  const looks = of(({ db, redis }) => createLooks(createTally(redis, 'shown'), createActivityStore(db)));

  const page = async (viewer: Viewer, filters: Partial<Filters> = {}, after = ''): Promise<PeoplePage> => {
    const found = await people(0).find({ ...viewer, now: clock.now() }, { ...anybody, ...filters, after });
    if (!found.ok) throw new Error('the session is over');
    return found.value;
  };

  return {
    activity,
    looks,
    people,
    page,

    /** Puts people in; whoever was born in 1990 and joined a month ago, unless said otherwise. */
    join: async (given: readonly Given[]): Promise<Found[]> => {
      const now = clock.now();
      const joined = new Date(now.getTime() - 30 * 86_400_000);
      const all = given.map((one) => {
        const person = { ...usual, joined, ...one };
        return { ...person, id: uuidv7(person.joined, random) };
      });
      await stores.sql(insert, [JSON.stringify(all)]);
      return all.map((one) => ({ ...one, securityVersion: 0, now }));
    },

    /** All pages of one walk; `meanwhile` happens after each. */
    walk: async (
      viewer: Viewer,
      filters: Partial<Filters> = {},
      meanwhile: (pages: number) => Promise<void> = async () => {},
    ): Promise<string[]> => {
      const seen: string[] = [];
      let after = '';
      for (let pages = 1; ; pages++) {
        const found = await page(viewer, filters, after);
        seen.push(...found.people.map(({ username }) => username));
        if (found.next === null) return seen;
        after = found.next;
        await meanwhile(pages);
      }
    },
  };
}
