import { pictureRules } from './picture-rules.ts';
import { createTurns, type Turns } from './turns.ts';

/** Ten of the largest at once, some 200 MB with what copying them takes; as many as a hundred usual ones. */
const ROOM = 10 * pictureRules.maxBytes;
/** Whoever waits holds a connection and no memory. */
const WAITING = 200;

/** Places for uploads in memory, in bytes. */
export const createUploadTurns = (): Turns =>
  createTurns(
    { room: ROOM, waiting: WAITING },
    'Very many pictures are being sent right now. Please try again in a moment.',
    5,
  );
