import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/* summary.mjs <exit code> <folder>: the slowest files, what each part cost, and last "N passed, N failed". */
const [outcome, folder] = process.argv.slice(2);
const named = (ending) => readdirSync(folder).filter((name) => name.endsWith(ending));
const read = (name) => readFileSync(path.join(folder, name), 'utf8');

let passed = 0;
let failed = 0;
const files = [];
for (const name of ['tests.json', 'stories.json', 'node24-unit.json', 'node24-join.json']) {
  try {
    const run = JSON.parse(read(name));
    passed += run.numPassedTests;
    // A suite that could not be loaded has no tests to fail.
    failed += run.numFailedTests + run.numRuntimeErrorTestSuites;
    for (const file of run.testResults)
      files.push({ name: path.relative('.', file.name), seconds: (file.endTime - file.startTime) / 1000 });
  } catch {
    // A run that broke before its results counts as one failure: nothing may look like success that was none.
    failed += 1;
  }
}
if (outcome !== '0' && failed === 0) failed = 1;

console.log('\nThe ten slowest files');
for (const { name, seconds } of files.toSorted((a, b) => b.seconds - a.seconds).slice(0, 10))
  console.log(`${seconds.toFixed(1).padStart(8)} s  ${name}`);

console.log('\nPart       wall    processor');
for (const name of named('.time')) {
  const [real, user, system] = read(name).trim().split('\n').at(-1).split(' ').map(Number);
  console.log(
    `${path.basename(name, '.time').padEnd(9)} ${real.toFixed(0).padStart(4)} s  ${(user + system).toFixed(0).padStart(6)} s`,
  );
}
console.log(`\n${passed} passed, ${failed} failed`);
