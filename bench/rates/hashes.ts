import { availableParallelism } from 'node:os';
import { createPasswords } from '../../src/platform/passwords/passwords.ts';

/** Prints how many passwords this machine hashes in a second, with nothing else to do, over so many seconds. */
const [seconds, people] = process.argv.slice(2).map(Number) as [number, number];
const passwords = createPasswords({ concurrency: availableParallelism(), waiting: people });
let done = 0;
const end = performance.now() + seconds * 1000;
async function one(): Promise<void> {
  while (performance.now() < end) {
    await passwords.hash('lantern-tandem-42');
    done++;
  }
}
const start = performance.now();
await Promise.all(Array.from({ length: people }, one));
console.log((done / (performance.now() - start)) * 1000);
