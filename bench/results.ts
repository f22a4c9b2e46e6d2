import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { canPin } from './rates/pinned.ts';

const file = 'bench/results.json';

/** Writes what a program found into bench/results.json, beside what others have. */
export function writeResults(program: 'rates' | 'finding' | 'chat', found: object): void {
  const all = JSON.parse(readFileSync(file, 'utf8')) as Record<string, object>;
  const [cpu] = os.cpus();
  const machine = {
    cpu: cpu?.model ?? '',
    cores: os.cpus().length,
    node: process.version,
    pinned: canPin,
  };
  const written = { ...all, [program]: { at: new Date().toISOString(), machine, ...found } };
  writeFileSync(file, `${JSON.stringify(written, null, 2)}\n`);
  console.log(`\nWritten to ${file}.`);
}
