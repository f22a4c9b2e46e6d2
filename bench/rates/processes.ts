import { moveIn } from '../people.ts';
import { median, table } from '../statistics.ts';
import { signedInCookies, signInForms } from './journeys.ts';
import { pageRate, postRate } from './load.ts';
import { rateSettings as settings } from './settings.ts';
import { openSite } from './site.ts';

/**
 * What more processes bring on this machine: profiles and sign-ins a second at 1, 2 and 4 web processes, on all cores but
 * for the one, which has one; the load and the stores share them. Rounds alternate between the three.
 */
await moveIn();
const sites = await Promise.all([1, 2, 4].map(async (count) => ({ count, site: await openSite(count) })));
const seen = new Map(sites.map(({ count }) => [count, { pages: [] as number[], signIns: [] as number[] }]));
for (let round = 0; round < settings.rounds; round++)
  for (const { count, site } of sites) {
    const cookies = await signedInCookies(site.port);
    const { pages, signIns } = seen.get(count)!;
    await pageRate(site.port, '/profile', cookies, 1);
    pages.push(await pageRate(site.port, '/profile', cookies, settings.seconds));
    const forms = await signInForms(site.port, settings.seconds * 400);
    signIns.push(await postRate(site.port, '/login', forms, settings.seconds));
  }
const one = seen.get(1)!;
function share(values: number[], of: number[]) {
  return (median(values) / median(of)).toFixed(2);
}
const rows = [...seen].map(([count, { pages, signIns }]) => [
  String(count),
  median(pages).toFixed(0),
  share(pages, one.pages),
  median(signIns).toFixed(0),
  share(signIns, one.signIns),
]);
console.log(`\n${table([['processes', 'profiles/s', 'of one', 'sign-ins/s', 'of one'], ...rows])}`);
process.exit(0);
