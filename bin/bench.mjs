import { spawnSync } from 'node:child_process';
import { benchmark } from './lib/bench.mjs';

/** npm run bench: how many pages and journeys a second, beside what this machine can do at all. */
// The stores and the load share the second core, where there is a way to say so; the first is the site's alone.
spawnSync('taskset', ['-cp', '1', String(process.pid)]);
await benchmark('bench/rates/run.ts', { build: true, args: process.argv.slice(2) });
