import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/* summary.mjs <exit code> <folder>: the slowest files, what each part cost, and last "N passed, N failed". */
const [outcome, folder] = process.argv.slice(2);
const named = (ending) => readdirSync(folder).filter((name) => name.endsWith(ending));
const read = (name) => readFileSync(path.join(folder, name), 'utf8');

let passed = 0;
let failed = 0;
const files = [];
const failures = [];
/** Enough of each failure to know it by: whoever reads only the end of a long log knows what to mend. */
const told = (title, message) =>
  failures.push(
    `${title}\n    ${stripVTControlCharacters(message).slice(0, 400).replaceAll('\n', '\n    ')}`,
  );
for (const name of ['tests.json', 'stories.json', 'node24-unit.json', 'node24-join.json']) {
  try {
    const run = JSON.parse(read(name));
    passed += run.numPassedTests;
    // A suite that could not be loaded has no tests to fail.
    failed += run.numFailedTests + run.numRuntimeErrorTestSuites;
    for (const file of run.testResults) {
      const where = path.relative('.', file.name);
      files.push({ name: where, seconds: (file.endTime - file.startTime) / 1000 });
      const broken = file.assertionResults.filter((t) => t.status === 'failed');
      for (const { fullName, failureMessages } of broken)
        told(`${name}: ${where}: ${fullName}`, failureMessages.join('\n'));
      if (file.status === 'failed' && broken.length === 0) told(`${name}: ${where}`, file.message);
    }
  } catch (err) {
    told(name, err.message);
    // A run that broke before its results counts as one failure: nothing may look like success that was none.
    failed += 1;
  }
}
if (outcome !== '0' && failed === 0) failed = 1;
for (const name of named('.code')) if (read(name).trim() !== '0') told(name, `ended with ${read(name)}`);

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
if (failures.length > 0) console.log(`\nWhat failed\n${failures.join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed`);
