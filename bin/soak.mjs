import { benchmark } from './lib/run/bench.mjs';

/** npm run soak: ten minutes of mixed traffic while stores are taken away and given back. */
await benchmark('bench/soak/run.ts', { build: true });
