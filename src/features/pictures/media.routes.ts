import { type Request, type Response, Router } from 'express';
import { AppError } from '../../kernel/errors.ts';
import { variantOf } from '../../platform/media/media-keys.ts';
import { onlyMethods } from '../../web/request/methods.ts';
import { viewerOf, signedInByQuery, signedOut } from '../../web/session/guards.ts';
import type { PictureService } from './pictures.service.ts';

function nothing() {
  return new AppError(404, "This picture doesn't exist, or it's been removed.");
}

/** "avatar-64" → "avatar". */
function kindOf(variant: string): string {
  return variant.split('-')[0]!;
}

/** What holds a picture that is opened by itself, whatever it may turn out to be. */
const headers = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Content-Disposition': 'inline',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  // Kept by the browser, which asks each time whether it may show it still: a picture that was taken away, or whose
  // viewer signed out, is seen no more. What a key holds never changes, so the answer is mostly 304. `private`: it is for
  // signed-in people, not for a cache between us.
  'Cache-Control': 'private, no-cache',
} as const;

/** `/media/:key`: one variant of a picture, for signed-in people who may see its owner. */
export function mediaRoutes({ pictures }: { pictures: PictureService }): Router {
  const router = Router();
  router.get('/media/:key', signedInByQuery, async (req: Request, res: Response) => {
    const key = String(req.params.key);
    const asked = variantOf(key);
    if (!asked) throw nothing();
    const shown = await pictures.mayShow(viewerOf(req), asked.name, kindOf(asked.variant));
    if (!shown.ok && shown.reason === 'signed-out') return res.redirect(303, await signedOut(req));
    if (!shown.ok) throw nothing();
    res.set('ETag', `"${key}"`);
    if (req.fresh) return res.set(headers).status(304).end();
    const file = await pictures.file(key);
    if (!file) {
      res.removeHeader('ETag');
      throw nothing();
    }
    return res.set(headers).type(file.type).send(file.bytes);
  });
  router.all('/media/:key', onlyMethods('GET'));
  return router;
}
