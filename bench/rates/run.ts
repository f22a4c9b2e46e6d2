import { moveIn } from '../people.ts';
import { writeResults } from '../results.ts';
import { measuresOf } from './measures.ts';
import { ratesOf } from './rounds.ts';
import { rateSettings } from './settings.ts';
import { openLimits, openSite } from './site.ts';

/** How many pages and journeys a second one web process does, beside what the machine can do at all. */
await moveIn();
const site = await openSite();
const results = await ratesOf(await measuresOf(site, await openLimits()));
const { rounds, seconds } = rateSettings;
writeResults('rates', { rounds, seconds, results });
process.exit(0);
