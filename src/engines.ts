import { availableParallelism } from 'node:os';
import type { Config } from './config/config.ts';
import { createBreachCheck } from './platform/passwords/breach.ts';
import { openGuesses } from './platform/passwords/guesses.ts';
import { createPasswords } from './platform/passwords/passwords.ts';
import { createImageProcessor } from './platform/pictures/image-processor.ts';
import { createUploadTurns } from './platform/pictures/upload-turns.ts';
import type { Log } from './platform/watching/log.ts';
import type { Metrics } from './platform/watching/metrics.ts';
import type { Replacements } from './replacements.ts';

/** What takes the machine's cores and memory, and gives them out in turns. */
export function openEngines(config: Config, replaced: Replacements, log: Log, metrics: Metrics) {
  const cores = availableParallelism();
  const hashQueue = replaced.hashQueue ?? { concurrency: cores, waiting: cores * 32 };
  const guesses = replaced.guesses ?? openGuesses(log);
  return {
    cores,
    passwords: createPasswords(hashQueue, metrics),
    guesses,
    isBreached: config.breachCheck ? createBreachCheck(log) : async () => false,
    imageProcessor: createImageProcessor({ concurrency: cores, waiting: cores }),
    uploadTurns: createUploadTurns(),
    async close(): Promise<void> {
      if (!replaced.guesses) await guesses.close();
    },
  };
}
