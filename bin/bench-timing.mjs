import { benchmark } from './lib/run/bench.mjs';

/** npm run bench:timing: whether time tells known accounts from unknown ones. */
await benchmark('bench/timing.ts', { build: false });
