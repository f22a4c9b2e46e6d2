import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from './build.ts';
import { chatSettings } from './settings.ts';
import type { Order } from './talking.ts';

interface Server {
  port: number;
  pid: number;
}

type OpenTalk = (
  ports: readonly number[],
  who: readonly Person[],
) => Promise<{ ask: <Answer>(order: Order) => Promise<Answer>; end: () => void }>;

/** Resident memory of a process, in KB. */
function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
}

/** What a socket weighs that nobody uses, in KB, and how long many take that come back at once, in seconds. */
export async function idleSockets(
  { ours, bare }: { ours: Server; bare: Server },
  people: readonly Person[],
  openTalk: OpenTalk,
) {
  const measure = async ({ port, pid }: Server) => {
    const talk = await openTalk([port], []);
    const { comingBack: count } = chatSettings;
    const { seconds } = await talk.ask<{ seconds: number }>({ do: 'come back', port, people, count });
    await pause(3_000);
    const before = memoryOf(pid);
    const more = chatSettings.idle;
    for (let opened = 0; opened < more; opened += 500)
      await talk.ask({ do: 'come back', port, people, count: Math.min(500, more - opened) });
    await pause(5_000);
    const each = (memoryOf(pid) - before) / more;
    talk.end();
    await pause(3_000);
    return { seconds, each };
  };
  const [mine, theirs] = [await measure(ours), await measure(bare)];
  return { ours: mine.each, bare: theirs.each, back: mine.seconds, bareBack: theirs.seconds };
}
