import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { LargeMedia } from '../platform/media/media-store.ts';

/** A file as the answer. `nameFor`: what it is called where this person keeps it. */
export class Download {
  readonly file: LargeMedia;
  readonly nameFor: (username: string) => string;

  constructor(file: LargeMedia, nameFor: (username: string) => string) {
    this.file = file;
    this.nameFor = nameFor;
  }
}

export async function sendDownload(req: Request, res: Response, { file, nameFor }: Download): Promise<void> {
  res.set({
    'Content-Type': file.type,
    'Content-Length': String(file.size),
    'Content-Disposition': `attachment; filename="${nameFor(req.session.username ?? '')}"`,
  });
  if (req.method === 'HEAD') return void res.end();
  await pipeline(Readable.from(file.pieces), res).catch((err: NodeJS.ErrnoException) => {
    // The reader went away.
    if (err.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw err;
  });
}
