import { done, type Outcome, signedOut, type SignedOut } from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Cursors } from '../../../web/cursors.ts';
import type { Looks } from '../activity/looks.ts';
import { findingPolicy } from '../policy.ts';
import { anybody, type Filters, isFiltered } from './filters.ts';
import type { Fit } from './fit.ts';
import { type PeoplePage, reasonsOf, type SuggestedPerson } from './people.ts';
import type { Candidate, Look, OwnLanguage, PeopleStore } from './people.store.ts';
import { beginWalk, behind, seenMark, type Walk, walkAsTexts, walkFromTexts } from './walk.ts';

interface PeopleDeps {
  store: PeopleStore;
  looks: Looks;
  cursors: Cursors;
}

function marksOf(people: readonly Candidate[]): bigint[] {
  return people.map(({ place }) => seenMark(BigInt(place)));
}

function earlyOf(walk: Walk, shown: readonly Candidate[]): bigint[] {
  return [...walk.early, ...marksOf(shown.filter(({ isEarly }) => isEarly))];
}

/** A walk that begins behind all that was looked at and shown. Null: there is nobody behind. */
function nextWindow(walk: Walk, { last, isThrough, people }: Look): Walk | null {
  const place = last ?? walk.window;
  const from = isThrough || !place ? null : behind(place, walk.start);
  return from && { ...walk, from, window: null, seen: [], early: earlyOf(walk, people) };
}

/** Where a walk stands once some of those whom a look found were shown. */
function afterShowing(walk: Walk, look: Look, shown: readonly Candidate[]): Walk {
  const inNext = shown.filter(({ isNext }) => isNext);
  if (inNext.length === 0) return { ...walk, seen: [...walk.seen, ...marksOf(shown)] };
  const from = walk.window ? behind(walk.window, walk.start)! : walk.from;
  const seen = marksOf(inNext.filter(({ isEarly }) => !isEarly));
  return { ...walk, from, window: look.last, seen, early: earlyOf(walk, shown) };
}

function suggested(fit: Fit, showsActivity: boolean, one: Candidate): SuggestedPerson {
  const { id: _, place: __, isNext: ___, isEarly: ____, ...person } = one;
  return { ...person, fit, reasons: reasonsOf(person, showsActivity) };
}

export function createPeople({ store, looks, cursors }: PeopleDeps) {
  const listOf = (viewer: Viewer, filters: Filters): string[] => [
    viewer.id,
    'people',
    JSON.stringify(filters),
  ];

  /** The next page of a walk, over as many windows as it takes. Null: the session is over. */
  async function page(viewer: Viewer, begun: Walk, filters: Filters) {
    const shown: Candidate[] = [];
    let walk: Walk | null = begun;
    let viewerIs = { hidden: false, showsActivity: false, mine: [] as readonly OwnLanguage[] };
    for (let windows = 0; walk && windows < findingPolicy.mostWindows; windows++) {
      const room: number = findingPolicy.page - shown.length;
      const look: Look | null = await store.look(viewer, walk, filters, 'both', room + 1);
      if (!look) return null;
      viewerIs = { hidden: look.hidden, showsActivity: look.showsActivity, mine: look.mine };
      const mine = look.people.slice(0, room);
      shown.push(...mine);
      if (look.people.length > room)
        return { shown, viewerIs, next: mine.length > 0 ? afterShowing(walk, look, mine) : walk };
      walk = nextWindow(walk, look);
    }
    return { shown, viewerIs, next: walk };
  }

  return {
    /** Whether a viewer is shown anybody, on the first page, who speaks and learns just this. */
    async isAnybodyFor(viewer: Viewer, speaks: string, learns: string): Promise<boolean> {
      const found = await page(viewer, beginWalk(viewer.id, viewer.now), { ...anybody, learn: speaks });
      return found?.shown.some((one) => one.speaks === speaks && one.learns === learns) ?? false;
    },

    /** A cursor of another list, or of a walk that began too long ago, begins anew. */
    async find(
      viewer: Viewer,
      { after, ...filters }: Filters & { after: string },
    ): Promise<Outcome<PeoplePage, SignedOut>> {
      const list = listOf(viewer, filters);
      const texts = cursors.read(after, ...list);
      const begun = texts && walkFromTexts(texts, viewer.now);
      const found = await page(viewer, begun ?? beginWalk(viewer.id, viewer.now), filters);
      if (!found) return signedOut;
      const { shown, viewerIs, next } = found;
      const isShort = !begun && !next && shown.length < findingPolicy.fewMatches && !isFiltered(filters);
      const oneWay: [Fit, Candidate][] = [];
      for (const fit of isShort ? (['speaks', 'learns'] as const) : []) {
        const look = await store.look(
          viewer,
          beginWalk(viewer.id, viewer.now),
          filters,
          fit,
          findingPolicy.page,
        );
        const known = new Set([...shown, ...oneWay.map(([, one]) => one)].map(({ id }) => id));
        oneWay.push(
          ...(look?.people ?? [])
            .filter(({ id }) => !known.has(id))
            .map((one): [Fit, Candidate] => [fit, one]),
        );
      }
      // Not who fits one way: whose language many learn would stand behind all others where they fit both ways.
      await looks.count(shown.map(({ id }) => id));
      return done({
        people: shown.map((one) => suggested('both', viewerIs.showsActivity, one)),
        oneWay: oneWay.map(([fit, one]) => suggested(fit, viewerIs.showsActivity, one)),
        ...viewerIs,
        next: next && cursors.write(walkAsTexts(next), ...list),
      });
    },
  };
}

export type People = ReturnType<typeof createPeople>;
