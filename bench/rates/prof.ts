import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { moveIn } from '../people.ts';
import { measuresOf } from './measures.ts';
import { openLimits, openSite } from './site.ts';
import { setTimeout as pause } from 'node:timers/promises';
await moveIn();
const site = await openSite();
const limits = await openLimits();
const pairs = await measuresOf(site, limits);
const cpu = (pid: number) => {
  const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
  return (Number(f[13]) + Number(f[14])) / 100;
};
const which = (process.env.PROF ?? '0,1,2').split(',').map(Number);
for (const w of which)
  for (let i = 0; i < 2; i++)
    for (const [m, pid] of [
      [pairs[w]!.ours, site.pid],
      [pairs[w]!.limit, limits.pid],
    ] as const) {
      const c = cpu(pid),
        t = performance.now();
      const r = await m.rate(Number(process.env.SECS ?? 4));
      console.log(
        m.name,
        r.toFixed(0),
        'cpu',
        ((cpu(pid) - c) / ((performance.now() - t) / 1000)).toFixed(2),
        'us/req',
        (((cpu(pid) - c) / r / 4) * 1e6).toFixed(0),
      );
    }
execSync(`kill -TERM ${site.pid}`);
await pause(3000);
process.exit(0);
