import { readFileSync } from 'node:fs';

const [TICK, PAGE] = [10, 4096]; // Linux counts time in 1/100 s and memory in pages (proc(5))

/** Milliseconds and bytes; null where the system doesn't say. */
export function usageOf(pid: number): { cpu: number; memory: number } | null {
  try {
    // The name stands in brackets and may hold spaces.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    const [, resident] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ');
    return { cpu: (Number(stat[11]) + Number(stat[12])) * TICK, memory: Number(resident) * PAGE };
  } catch {
    return null;
  }
}
