import { Child } from './child.ts';
import { comparisons } from './comparisons.ts';
import { load } from './load.ts';
import { compare, heading } from './pairs.ts';
import { moveIn } from './people.ts';
import { settings } from './settings.ts';
import { table } from './statistics.ts';

/**
 * Whether time tells a known account from an unknown one, and how other pages fare under a flood of sign-ins. Prints what
 * it finds and judges only the answers, never the time they took: that depends on the machine.
 */
await moveIn();
const site = new Child('site.ts');
const port = await site.next<number>();
async function pass(ms: number): Promise<void> {
  await site.ask(ms);
}

const faults: string[] = [];
const rows = [heading];
for (const comparison of comparisons(port, pass)) {
  const compared = await compare(comparison);
  rows.push(compared.row);
  faults.push(...compared.faults);
  if (process.stdout.isTTY) console.log(`… ${comparison.name}`);
}
console.log(`\n${settings.pairs} pairs each, milliseconds:\n\n${table(rows)}`);
await pass(11 * 60_000);
faults.push(...(await load(port)));
site.end();
if (faults.length > 0) console.error(`\nWrong answers:\n  ${faults.join('\n  ')}`);
process.exitCode = faults.length > 0 ? 1 : 0;
