import { readFileSync } from 'node:fs';

/** Linux counts the time of processes in hundredths of a second, and their memory in pages (proc(5)). */
const [TICK, PAGE] = [10, 4096];

/**
 * What a process has taken so far: milliseconds of processor time, bytes of memory. Null where the system does not say
 * (it is not Linux, or the process is gone).
 */
export function usageOf(pid: number): { cpu: number; memory: number } | null {
  try {
    // Its name stands in brackets and may hold spaces.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    const [, resident] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ');
    return { cpu: (Number(stat[11]) + Number(stat[12])) * TICK, memory: Number(resident) * PAGE };
  } catch {
    return null;
  }
}
