import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { lifecycle } from './lib/processes/lifecycle.mjs';
import { at } from './lib/paths.mjs';
import { say, step, warn } from './lib/say.mjs';
import { openSite, sayWhere } from './lib/run/site.mjs';
import { snapshot } from './lib/build/stamps.mjs';
import { startProcess, untilReady } from './lib/run/web.mjs';

/**
 * npm run dev: the site straight from its sources, started anew when one of them changes; the stores stay. Looking at
 * times and sizes every 300 ms costs a few milliseconds and misses nothing, however an editor writes its files. Styles and
 * scripts of the browser are built anew by esbuild; then the list of their names has changed.
 */
const watched = ['src', 'views', 'locales', 'dist/assets.json'];
const ofBrowser = /^src\/(browser\/|.*\.browser\.ts$)/;
const every = 300;

const life = lifecycle();

/** Resolves with the names of what changed. */
async function change(before) {
  for (;;) {
    await sleep(every);
    const now = snapshot(watched);
    const changed = [...new Set([...before.keys(), ...now.keys()])].filter(
      (file) => before.get(file) !== now.get(file) && !ofBrowser.test(file),
    );
    if (changed.length > 0) return changed;
  }
}

await life.run(async () => {
  const { port, url, env, note } = await openSite(life, { build: false });
  const { watchAssets } = await import('./lib/build/assets.mjs');
  // What is made for reading is not what a build makes.
  rmSync(at('dist/assets.stamp'), { force: true });
  const watching = await watchAssets(at(), warn);
  life.atEnd(() => watching.dispose());
  let site;
  life.atEnd(() => site?.stop());
  life.interruptedCode = 0;
  for (let first = true; !life.leaving; first = false) {
    const before = snapshot(watched);
    site = startProcess(['--enable-source-maps', '--import', 'tsx', 'src/main.ts'], env);
    note(site);
    const changed = change(before);
    const ready = step('site', () => untilReady(site, port, life.signal), { pending: false }).catch((error) =>
      warn(error.message),
    );
    if ((await ready) && first) sayWhere(url);
    let stopping = false;
    const ended = site.exited.then((code) => {
      if (!stopping && !life.leaving) warn(`The site has ended (exit code ${code}): waiting for a change`);
      return new Promise(() => {});
    });
    const files = await Promise.race([changed, ended]);
    if (life.leaving) break;
    say(
      `\n${files.slice(0, 3).join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''} changed`,
    );
    stopping = true;
    await site.stop();
  }
  // A signal came while the site was between two lives.
  await new Promise(() => {});
});
