import { benchmark } from './lib/run/bench.mjs';

/** npm run bench:timing [-- strangers]: whether time tells known accounts from unknown ones, and strangers from nobody. */
await benchmark('bench/timing.ts', { build: false, args: process.argv.slice(2) });
