import { prepare } from './lib/build/prepare.mjs';
import { lifecycle } from './lib/processes/lifecycle.mjs';
import { nodeTool } from './lib/processes/tool.mjs';
import { say } from './lib/say.mjs';

/** npm run routes: what the site answers, and to whom. */
const life = lifecycle();
await life.run(async () => {
  await prepare({ build: false, signal: life.signal });
  const table = await nodeTool('--import', ['tsx', 'src/list-routes.ts'], {
    signal: life.signal,
    what: 'The routes could not be listed',
  });
  say(`\n${table.trimEnd()}`);
  return 0;
});
