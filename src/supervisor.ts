import cluster, { type Worker } from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import { minutes, seconds } from './kernel/clock.ts';
import type { Log } from './platform/watching/log.ts';
import { onSignal } from './process.ts';

/** Doubles while the process keeps dying. */
const backOff = { first: seconds(0.5), most: seconds(30), forgetAfter: minutes(1) } as const;

function pauseBefore(deaths: number): number {
  return Math.min(backOff.most, backOff.first * 2 ** (deaths - 1));
}

/** On one port (node:cluster) until a signal. If the first one can't serve, the whole command ends with its code. */
export function supervise(count: number, log: Log): void {
  let closing = false;
  let served = false;
  const running = new Set<Worker>();

  const start = (deaths: number): void => {
    const worker = cluster.fork();
    const startedAt = performance.now();
    running.add(worker);
    log.info({ process: worker.process.pid }, 'web process started');
    worker.once('listening', () => {
      served = true;
    });
    worker.once('exit', (code, signal) => {
      running.delete(worker);
      if (closing) return;
      if (!served) process.exit(code || 1);
      const lived = performance.now() - startedAt;
      const now = lived > backOff.forgetAfter ? 1 : deaths + 1;
      log.error({ process: worker.process.pid, code, signal, again: pauseBefore(now) }, 'web process died');
      setTimeout(() => !closing && start(now), pauseBefore(now));
    });
  };

  for (let n = 0; n < count; n++) start(0);
  onSignal(log, async () => {
    closing = true;
    for (const worker of running) worker.process.kill('SIGTERM');
    while (running.size > 0) await pause(50);
  });
}
