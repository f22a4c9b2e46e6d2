import { pictureRules } from './picture-rules.ts';
import { createTurns, type Turns } from './turns.ts';

/** Ten of the largest at once, some 200 MB with what copying them takes; as many as a hundred usual ones. */
const ROOM = 10 * pictureRules.maxBytes;
/** Whoever waits holds a connection and no memory. */
const WAITING = 200;
/** Of one sender, at once and waiting for those: ten slow uploads of one would otherwise keep everybody out. */
const [THEIRS, THEIRS_WAITING] = [2, 60];

export interface UploadTurns {
  /** Does the work when there is room for its bytes, and its sender has few others under way. Throws AppError 503. */
  take<T>(sender: string, bytes: number, work: () => Promise<T>): Promise<T>;
  load: Turns['load'];
}

/** Places for uploads in memory. `room` in bytes, `waiting` in uploads. */
export const createUploadTurns = ({ room, waiting } = { room: ROOM, waiting: WAITING }): UploadTurns => {
  const sorry = 'Very many pictures are being sent right now. Please try again in a moment.';
  const all = createTurns({ room, waiting }, sorry, 5);
  const senders = new Map<string, Turns>();
  return {
    async take(sender, bytes, work) {
      const theirs = senders.get(sender) ?? createTurns({ room: THEIRS, waiting: THEIRS_WAITING }, sorry, 5);
      senders.set(sender, theirs);
      try {
        return await theirs.take(1, () => all.take(bytes, work));
      } finally {
        if (theirs.load().running === 0) senders.delete(sender);
      }
    },
    load: () => all.load(),
  };
};
