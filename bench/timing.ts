import { Child } from './child.ts';
import { comparisons } from './comparisons.ts';
import { load } from './load.ts';
import { compare, heading } from './pairs.ts';
import { moveIn } from './people.ts';
import { settings } from './settings.ts';
import { table } from './statistics.ts';
import { moveInStrangers, strangers } from './strangers.ts';

/**
 * Whether time tells a known account from an unknown one, or somebody whom one may not see from nobody, and how other pages
 * fare under a flood of sign-ins. Prints what it finds, and judges the answers. The time they took depends on the machine:
 * only of strangers it is judged how often it tells them apart. `strangers` measures those alone.
 */
const strangersOnly = process.argv.includes('strangers');
await moveIn();
await moveInStrangers();
const site = new Child('site.ts');
const port = await site.next<number>();
async function pass(ms: number): Promise<void> {
  await site.ask(ms);
}

const faults: string[] = [];
const rows = [heading];
const compared = [...(strangersOnly ? [] : comparisons(port, pass)), ...(await strangers(port))];
for (const comparison of compared) {
  const { row, faults: found } = await compare(comparison);
  rows.push(row);
  faults.push(...found);
  if (process.stdout.isTTY) console.log(`… ${comparison.name}`);
}
console.log(
  `\n${settings.pairs} pairs each (of strangers ${settings.strangerPairs}), milliseconds:\n\n${table(rows)}`,
);
await pass(11 * 60_000);
if (!strangersOnly) faults.push(...(await load(port)));
site.end();
if (faults.length > 0) console.error(`\nWrong answers:\n  ${faults.join('\n  ')}`);
process.exitCode = faults.length > 0 ? 1 : 0;
