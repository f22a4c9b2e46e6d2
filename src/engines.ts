import { availableParallelism } from 'node:os';
import type { Config } from './config/config.ts';
import { createBreachCheck } from './platform/passwords/breach.ts';
import { openGuessEstimator } from './platform/passwords/guesses.ts';
import { createPasswords } from './platform/passwords/passwords.ts';
import { createImageProcessor } from './platform/pictures/image-processor.ts';
import { createUploadTurns } from './platform/pictures/upload-turns.ts';
import type { Log } from './platform/watching/log.ts';
import type { Metrics } from './platform/watching/metrics.ts';
import type { Replacements } from './replacements.ts';

const HASHES_WAITING = 32; // for each core: half a second, at 15 ms a hash

/** What takes the machine's cores and memory, and gives them out in turns. */
export function openEngines(config: Config, replaced: Replacements, log: Log, metrics: Metrics) {
  const cores = availableParallelism();
  const hashQueue = replaced.hashQueue ?? { concurrency: cores, waiting: cores * HASHES_WAITING };
  const guessEstimator = replaced.guessEstimator ?? openGuessEstimator(log);
  return {
    cores,
    passwords: createPasswords(hashQueue, metrics),
    guessEstimator,
    isBreached: config.breachCheck ? createBreachCheck(log) : async () => false,
    imageProcessor: createImageProcessor({ concurrency: cores, waiting: cores }),
    uploadTurns: createUploadTurns(),
    async close(): Promise<void> {
      if (!replaced.guessEstimator) await guessEstimator.close();
    },
  };
}
