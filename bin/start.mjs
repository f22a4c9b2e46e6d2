import { lifecycle } from './lib/processes/lifecycle.mjs';
import { step, warn } from './lib/say.mjs';
import { openSite, sayWhere } from './lib/run/site.mjs';
import { startProcess, untilReady } from './lib/run/web.mjs';

/** npm start: from a fresh clone to a running site. Only Node's own modules until the install is done. */
const life = lifecycle();
await life.run(async () => {
  const { port, url, env, note } = await openSite(life, { build: true });
  const site = startProcess(['--enable-source-maps', 'dist/main.js'], env);
  life.atEnd(() => site.stop());
  note(site);
  if (await step('site', () => untilReady(site, port, life.signal), { pending: false })) {
    life.interruptedCode = 0;
    sayWhere(url);
  }

  const code = await site.exited;
  if (life.leaving) return undefined;
  warn(`\nThe site has ended by itself (exit code ${code}).`);
  return code || 1;
});
