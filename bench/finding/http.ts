import { goalOf } from '../goals.ts';
import { moveIn } from '../people.ts';
import { readers, signedInCookies } from '../rates/journeys.ts';
import { pageRate } from '../rates/load.ts';
import { limitCookie, type Pair } from '../rates/measures.ts';
import { rateSettings } from '../rates/settings.ts';
import { openLimits, openSite } from '../rates/site.ts';

/** The whole page, of people who moved in among the million, beside the bare one, and beside that with its statement. */
export async function pagePairs(): Promise<Pair[]> {
  await moveIn();
  const [site, limits] = [await openSite(), await openLimits()];
  const members = await signedInCookies(site.port);
  const begun = await Promise.all(readers.map((username) => limitCookie(limits.port, username)));
  const what = '/people';
  return Object.entries({
    'page + session + row': '/row/people',
    'page + session + its statement': '/asked/people',
  }).map(([limit, path]) => ({
    ours: { name: what, rate: (seconds) => pageRate(site.port, what, members, seconds) },
    limit: { name: limit, rate: (seconds) => pageRate(limits.port, path, begun, seconds) },
    hashes: 0,
    goal: goalOf(what, limit),
    piece: rateSettings.piece.page,
  }));
}
