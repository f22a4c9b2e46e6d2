import { spawnSync } from 'node:child_process';
import { benchmark } from './lib/run/bench.mjs';

/**
 * npm run bench: how many pages and journeys a second, beside what this machine can do at all.
 * npm run bench -- processes: what more processes bring.
 * npm run bench -- people: how long finding partners takes among a million people, and how evenly all are shown.
 * npm run bench -- chat: how long a message takes from one to the other, and how many go.
 */
const programs = {
  processes: 'bench/rates/processes.ts',
  people: 'bench/finding/run.ts',
  chat: 'bench/chat/run.ts',
};
const program = programs[process.argv[2]] ?? 'bench/rates/run.ts';
// The stores and the load share the second core, where there is a way to say so; the first is the site's alone.
// A chat is half Postgres: all of it shares all cores.
if (program !== programs.chat) spawnSync('taskset', ['-cp', '1', String(process.pid)]);
await benchmark(program, { build: true });
