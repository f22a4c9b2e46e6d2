import { benchmark } from './lib/bench.mjs';

/** npm run bench: how many pages and journeys a second, beside what this machine can do at all. */
await benchmark('bench/rates/run.ts', { build: true, args: process.argv.slice(2) });
