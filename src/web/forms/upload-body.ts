import type { Request } from 'express';
import { AppError } from '../../kernel/errors.ts';
import type { UploadRoom } from '../../platform/limits/upload-memory.ts';
import { createMultipartReader, type FileBounds, FileTooLarge, type MultipartForm } from './multipart.ts';

/** What a form may weigh beside its files, in bytes: five short texts and the headers of its parts. */
export const ROOM_BESIDE = 64 * 1024;

/**
 * Milliseconds. How long a sender may be silent (nobody looks before `first`); how often it's looked, while somebody else
 * waits for room, whether all of an upload would come `within` the time that it has; and how long anybody waits.
 */
export interface UploadPatience {
  first: number;
  silence: number;
  pace: { every: number; within: number };
  waiting: number;
}

const tooSlow = 'The upload was too slow. Please try again with a better connection.';

/** The form, or an AppError as soon as it is clear that it will not do; the rest is then left unread. */
export function readForm(
  req: Request,
  boundary: string,
  { maxBytes, tooLarge, patience }: FileBounds & { patience: UploadPatience },
  room: UploadRoom,
): Promise<MultipartForm> {
  return new Promise((resolve, reject) => {
    const reader = createMultipartReader(boundary, { maxBytes, tooLarge });
    let [length, heardAt, paused] = [0, performance.now(), false];
    const announced = Number(req.get('content-length') ?? maxBytes);
    const pace = (announced * patience.pace.every) / patience.pace.within;
    let [came, waited] = [0, 0];
    /**
     * A sender only has to keep sending something; while we've paused reading for want of memory, silence doesn't
     * count.
     */
    const look = (): void => {
      const silence = paused ? 0 : performance.now() - heardAt;
      if (silence >= patience.silence) return stop(new AppError(408, tooSlow));
      timer = setTimeout(look, patience.silence - silence);
    };
    let timer = setTimeout(look, patience.first);
    /** Room is for whoever uses it: a few who hold all of it, and trickle, would keep everybody else out. */
    const keepPace = (): void => {
      if (paused) waited += patience.pace.every;
      else if (room.isCrowded() && came < pace) return stop(new AppError(408, tooSlow));
      if (waited >= patience.waiting) return stop(room.full());
      came = 0;
    };
    const pacing = setInterval(keepPace, patience.pace.every);
    const unwatch = (): void => {
      clearTimeout(timer);
      clearInterval(pacing);
    };
    const stop = (error: unknown): void => {
      unwatch();
      req.off('data', take);
      req.pause();
      reject(error);
    };
    const goOn = (): void => {
      // What came before the pause is no measure of what comes now.
      [paused, heardAt, came, waited] = [false, performance.now(), Infinity, 0];
      req.resume();
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      came += chunk.length;
      heardAt = performance.now();
      if (length > maxBytes + ROOM_BESIDE) return stop(new FileTooLarge(tooLarge));
      try {
        reader.take(chunk);
      } catch (err) {
        return stop(err);
      }
      const wait = room.grow(chunk.length);
      if (!wait) return;
      paused = true;
      req.pause();
      void wait.then(goOn);
    };
    const cutOff = () => stop(new AppError(400, 'The upload was cut off. Please send it again.'));
    if (req.destroyed) return cutOff();
    req.on('data', take);
    req.once('error', cutOff);
    req.once('close', cutOff);
    req.once('end', () => {
      req.off('close', cutOff);
      reader.finish().finally(unwatch).then(resolve, reject);
    });
    return undefined;
  });
}
