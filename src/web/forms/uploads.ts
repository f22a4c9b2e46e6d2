import type { Request, RequestHandler, Response } from 'express';
import { seconds } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import type { UploadRoom } from '../../platform/limits/upload-memory.ts';
import type { UploadTurns } from '../../platform/pictures/upload-turns.ts';
import {
  boundaryOf,
  createMultipartReader,
  FileTooLarge,
  type MultipartForm,
  type SentFile,
} from './multipart.ts';

/** What a form may weigh beside its file, in bytes: five short texts and the headers of its parts. */
const ROOM_BESIDE = 64 * 1024;

export interface UploadRules {
  /** Bytes of the largest file. */
  maxBytes: number;
  /** What the sender of a larger one is told. */
  tooLarge: string;
  /**
   * Uploads are held in memory. A turn lets one begin, few at once for each sender; it stands in a lane (small or usual
   * uploads), which has so many bytes for all of its uploads together; a room is what one of them holds of those.
   */
  turns: UploadTurns;
  /**
   * Milliseconds. How long a sender may be silent (nobody looks before `first`); how often it's looked, while somebody else
   * waits for room, whether all of an upload would come `within` the time that it has; and how long anybody waits.
   */
  patience: { first: number; silence: number; pace: { every: number; within: number }; waiting: number };
  /** Whose a request is. */
  senderOf: (req: Request) => string;
}

const filesByRequest = new WeakMap<Request, SentFile[]>();

/** The files of a form, where one was read. */
export function filesOf(req: Request): readonly SentFile[] {
  return filesByRequest.get(req) ?? [];
}

const tooSlow = 'The upload was too slow. Please try again with a better connection.';

/** The form, or an AppError as soon as it is clear that it will not do; the rest is then left unread. */
function readForm(
  req: Request,
  boundary: string,
  { maxBytes, tooLarge, patience }: UploadRules,
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

function answered(res: Response): Promise<void> {
  return new Promise((resolve) => {
    if (res.closed) return resolve();
    res.once('close', resolve);
    return undefined;
  });
}

/**
 * Reads a form that carries files: its texts become `req.body`, its files are given out by `filesOf`. Other types of body
 * pass. Stands behind whatever decides whether somebody may send a file at all, and before the check of the form's
 * token, which is among the texts.
 */
export function readUpload(rules: UploadRules): RequestHandler {
  return async (req, res, next) => {
    const type = req.get('content-type');
    if (!/^multipart\//i.test(type ?? '')) return next();
    const boundary = boundaryOf(type);
    if (boundary === null || req.get('content-encoding'))
      throw new AppError(415, "We can't read this kind of form.");
    const declared = Number(req.get('content-length') ?? 0);
    if (declared > rules.maxBytes + ROOM_BESIDE) throw new FileTooLarge(rules.tooLarge);

    // The turn is held until the answer is out: the bytes are needed until then.
    await rules.turns.take(rules.senderOf(req), declared, async (room) => {
      const { fields, files } = await readForm(req, boundary, rules, room);
      req.body = fields;
      filesByRequest.set(req, files);
      next();
      await answered(res);
    });
  };
}

/** How long a connection stays open for a request that has been answered already, in milliseconds. */
const LINGER = seconds(2);

/**
 * For requests that were answered before all of them had come (too large, too many, not signed in): what is still on its
 * way is thrown away for a moment, so that the sender gets to read the answer; then the connection ends. Node alone
 * would go on taking it in for as long as a request may last.
 */
export const endLateBodies: RequestHandler = (req, res, next) => {
  const { 'content-length': length, 'transfer-encoding': coding } = req.headers;
  if (coding === undefined && (length === undefined || length === '0')) return next();
  res.once('finish', () => {
    if (req.complete) return;
    const timer = setTimeout(() => req.complete || req.socket.destroy(), LINGER);
    timer.unref();
    req.once('close', () => req.complete && clearTimeout(timer));
  });
  return next();
};
