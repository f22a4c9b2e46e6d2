import type { Request } from 'express';
import { AppError } from '../../kernel/errors.ts';
import { message } from '../../kernel/message.ts';
import type { UploadRoom } from '../../platform/limits/upload-memory.ts';
import { createMultipartReader, type FileBounds, FileTooLarge, type MultipartForm } from './multipart.ts';
import { malformed } from './part-head.ts';

/** Bytes: five short texts and the headers of parts. */
export const ROOM_BESIDE = 64 * 1024;

/**
 * Milliseconds: of silence, `first` and later; of a whole upload, looked at `every` so often; of waiting for room.
 * `least`: bytes in that time, however small the upload.
 */
export interface UploadPatience {
  first: number;
  silence: number;
  pace: { every: number; within: number; least: number };
  waiting: number;
}

/**
 * A network's pieces have 536 bytes and more (RFC 9293, 3.7.1), but chunks of HTTP may have one, and each piece costs
 * 10 µs and 200 bytes of memory.
 */
const PIECES = { free: 1_000, least: 256 };

/** AppError as soon as it is clear; the rest is left unread then. */
export function readMultipartForm(
  req: Request,
  boundary: string,
  { maxBytes, tooLarge, patience }: FileBounds & { patience: UploadPatience },
  room: UploadRoom,
): Promise<MultipartForm> {
  return new Promise((resolve, reject) => {
    const reader = createMultipartReader(boundary, { maxBytes, tooLarge });
    let [length, heardAt, paused] = [0, performance.now(), false];
    const announced = Number(req.get('content-length') ?? maxBytes);
    const { every, within, least } = patience.pace;
    const pace = Math.max(least, (announced * every) / within);
    let [came, waited, pieces] = [0, 0, 0];
    /** Silence doesn't count while we ourselves pause for want of memory. */
    const look = (): void => {
      const silence = paused ? 0 : performance.now() - heardAt;
      if (silence >= patience.silence) return stop(new AppError(408, message('web.upload.slow')));
      timer = setTimeout(look, patience.silence - silence);
    };
    let timer = setTimeout(look, patience.first);
    /** Or slow senders would hold all of the room, or all places. */
    const keepPace = (): void => {
      if (paused) waited += every;
      else if (room.isCrowded() && came < pace) return stop(new AppError(408, message('web.upload.slow')));
      if (waited >= patience.waiting) return stop(room.full());
      came = 0;
    };
    const pacing = setInterval(keepPace, every);
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
      // What came before the pause is no measure now.
      [paused, heardAt, came, waited] = [false, performance.now(), Infinity, 0];
      req.resume();
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      came += chunk.length;
      heardAt = performance.now();
      pieces++;
      if (length > maxBytes + ROOM_BESIDE) return stop(new FileTooLarge(tooLarge));
      if (pieces > PIECES.free + length / PIECES.least) return stop(malformed());
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
    const cutOff = () => stop(new AppError(400, message('web.upload.cutOff')));
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
