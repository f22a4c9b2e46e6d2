import { type Request, type Response, Router } from 'express';
import { AppError } from '../kernel/errors.ts';
import { message } from '../kernel/message.ts';
import type { Outcome, SignedOut } from '../kernel/outcome.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { MediaStore } from '../platform/media/media-store.ts';
import { onlyMethods } from './request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from './session/guards.ts';

/** `name`: of what was made, whatever its variant. Also asks whether the session still holds. */
export type MayFetch = (viewer: Viewer, name: string) => Promise<Outcome<undefined, SignedOut | 'not-there'>>;

interface MediaDeps {
  media: Pick<MediaStore, 'get'>;
  kinds: ReadonlyMap<string, MayFetch>;
  /** Null: nobody may fetch what is under this key. */
  readKey: (key: string) => { name: string; kind: string } | null;
}

export function mediaPath(key: string): string {
  return `/media/${key}`;
}

function nothing() {
  return new AppError(404, message('web.media.nothing'));
}

/** What holds a picture that is opened by itself, whatever it may turn out to be. */
export const mediaHeaders = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Content-Disposition': 'inline',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  // Kept by the browser, which asks each time whether it may show it still: a picture that was taken away, or whose
  // viewer signed out, is seen no more. What a key holds never changes, so the answer is mostly 304. `private`: it is for
  // signed-in people, not for a cache between us.
  'Cache-Control': 'private, no-cache',
} as const;

/** `/media/:key`: one variant of what a feature made, for those whom it lets fetch it. */
export function mediaRoutes({ media, kinds, readKey }: MediaDeps): Router {
  const router = Router();
  router.get('/media/:key', signedInByQuery, async (req: Request, res: Response) => {
    const key = String(req.params.key);
    const asked = readKey(key);
    const mayFetch = asked && kinds.get(asked.kind);
    if (!mayFetch) throw nothing();
    const allowed = await mayFetch(viewerOf(req), asked.name);
    if (!allowed.ok && allowed.reason === 'signed-out') return res.redirect(303, await signedOut(req));
    if (!allowed.ok) throw nothing();
    res.set('ETag', `"${key}"`);
    if (req.fresh) return res.set(mediaHeaders).status(304).end();
    const file = await media.get(key);
    if (!file) {
      res.removeHeader('ETag');
      throw nothing();
    }
    return res.set(mediaHeaders).type(file.type).send(file.bytes);
  });
  router.all('/media/:key', onlyMethods('GET'));
  return router;
}
