import { lifecycle } from './lib/processes/lifecycle.mjs';
import { at } from './lib/paths.mjs';
import { prepare } from './lib/build/prepare.mjs';
import { say, step } from './lib/say.mjs';
import { nodeTool, toolEnvironment } from './lib/processes/tool.mjs';

/** npm run check: everything a change must pass. All of it runs, so that one look shows every failure. */
const steps = [
  { name: 'types', script: 'node_modules/typescript/bin/tsc', args: ['-p', 'tsconfig.json'] },
  {
    name: 'types of the browser',
    script: 'node_modules/typescript/bin/tsc',
    args: ['-p', 'tsconfig.browser.json'],
  },
  { name: 'lint', script: 'node_modules/oxlint/bin/oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'format', script: 'node_modules/@biomejs/biome/bin/biome', args: ['format', '.'] },
  { name: 'tests', script: 'bin/test.mjs', args: [] },
];

const life = lifecycle();
await life.run(async () => {
  await prepare({ build: false, signal: life.signal });
  const wanted = steps.filter(({ name }) => name !== 'tests' || !process.argv.includes('--no-tests'));
  const failures = [];
  for (const { name, script, args } of wanted) {
    // The tests choose for themselves what of the environment they see.
    const env = name === 'tests' ? process.env : toolEnvironment();
    await step(name, async () => {
      await nodeTool(at(script), args, { env, signal: life.signal, what: `${name} failed` });
    }).catch((error) => {
      failures.push(name);
      say(`\n${error.message}\n`);
    });
    if (life.leaving) return undefined;
  }
  say(failures.length > 0 ? `\nFailed: ${failures.join(', ')}` : '\nAll good');
  return failures.length > 0 ? 1 : 0;
});
