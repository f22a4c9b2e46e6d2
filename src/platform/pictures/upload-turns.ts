import { message } from '../../kernel/message.ts';
import { createSemaphore, type Semaphore } from '../limits/semaphore.ts';
import { createUploadMemory, type UploadMemoryRules, type UploadRoom } from '../limits/upload-memory.ts';
import { pictureRules } from './picture-rules.ts';

/** Ten of the largest: some 200 MB with copies. */
const USUAL: UploadMemoryRules = { room: 10 * pictureRules.maxBytes, open: 200 };
const SMALL_AT_MOST = 1024 * 1024; // in bytes; small ones never wait behind large ones
const SMALL: UploadMemoryRules = { room: 20 * SMALL_AT_MOST, open: 200 };
const [THEIRS, THEIRS_WAITING] = [2, 60]; // or ten slow uploads of one sender would keep everybody out

export interface UploadTurns {
  /** `declared`: bytes, 0 where unknown. Throws AppError 503. */
  take<T>(sender: string, declared: number, work: (room: UploadRoom) => Promise<T>): Promise<T>;
  load: Semaphore['load'];
}

export interface UploadTurnRules {
  usual: UploadMemoryRules;
  small: UploadMemoryRules;
}

export function createUploadTurns(
  { usual, small }: UploadTurnRules = { usual: USUAL, small: SMALL },
): UploadTurns {
  const sorry = message('pictures.upload.busy');
  const memories = { usual: createUploadMemory(usual, sorry), small: createUploadMemory(small, sorry) };
  const senders = new Map<string, Semaphore>();
  return {
    async take(sender, declared, work) {
      const theirs =
        senders.get(sender) ?? createSemaphore({ room: THEIRS, waiting: THEIRS_WAITING }, sorry, 5);
      senders.set(sender, theirs);
      const memory = declared > 0 && declared <= SMALL_AT_MOST ? memories.small : memories.usual;
      try {
        return await theirs.take(1, () => memory.hold(work));
      } finally {
        if (theirs.load().running === 0) senders.delete(sender);
      }
    },
    load: () => {
      const [first, second] = [memories.usual.load(), memories.small.load()];
      return { running: first.running + second.running, waiting: first.waiting + second.waiting };
    },
  };
}
