import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PictureFault } from './picture-faults.ts';
import { pictureRules as rules, type Shape } from './picture-rules.ts';

/** What the process is told. */
export interface HeicWork {
  bytes: Uint8Array;
  cut: Shape['cut'];
  /** Of the largest variant, in pixels. */
  side: number;
  maxPixels: number;
  /** Bytes. */
  maxMemory: number;
}

export type HeicAnswer = { png: Uint8Array } | { fault: PictureFault };

// As built, or, in tests and while developing, as written.
const written = import.meta.url.endsWith('.ts');
const program = fileURLToPath(new URL(`./heic-process.${written ? 'ts' : 'js'}`, import.meta.url));

/**
 * HEVC in HEIF, which sharp's own libraries cannot decode: gives a PNG that shows the same, upright, at least as large
 * as the largest variant needs. Read in a process of its own, without our environment, which ends with the picture,
 * after `rules.maxTime` in any case: its memory is given back, and what it dies of hurts nobody.
 */
export const readHeic = async (
  bytes: Buffer,
  { cut, sides }: Shape,
): Promise<Buffer | { fault: PictureFault }> => {
  const child = fork(program, {
    env: {},
    execArgv: ['--max-old-space-size=64', ...(written ? ['--import', 'tsx'] : [])],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    timeout: rules.maxTime,
    killSignal: 'SIGKILL',
  });
  const { maxPixels, maxHeicMemory: maxMemory } = rules;
  const work: HeicWork = { bytes, cut, side: sides[0], maxPixels, maxMemory };
  const answer = await new Promise<HeicAnswer>((resolve) => {
    child.once('message', (said) => resolve(said as HeicAnswer));
    child.once('error', () => resolve({ fault: 'broken' }));
    child.once('exit', (_code, signal) => resolve({ fault: signal === 'SIGKILL' ? 'too-slow' : 'broken' }));
    child.send(work, () => {});
  });
  child.kill('SIGKILL');
  return 'png' in answer ? Buffer.from(answer.png) : answer;
};
