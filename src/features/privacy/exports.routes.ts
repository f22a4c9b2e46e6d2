import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type Clock, secondsUntil } from '../../kernel/clock.ts';
import { AppError, tooOften } from '../../kernel/errors.ts';
import { onlyMethods } from '../../web/request/methods.ts';
import { viewerOf, signedOut } from '../../web/session/guards.ts';
import { saveSession } from '../../web/session/session.ts';
import type { AuthFeature } from '../auth/index.ts';
import type { Exports } from './exports.service.ts';
import { exportPolicy } from './policy.ts';

type Format = 'json' | 'zip';

const page = '/settings/account';
const jsonPaths = ['/settings/account/export', '/settings/account/export.json'];

interface ExportRoutesDeps {
  exports: Exports;
  auth: AuthFeature;
  clock: Clock;
}

export function exportRoutes({ exports, auth, clock }: ExportRoutesDeps): Router {
  const { signedInOnly, reauthentication, clients } = auth;
  const router = Router();

  const ask = reauthentication.define({
    name: 'export',
    before: 'we prepare a copy of your data',
    back: { path: page, text: 'Back to your account' },
    async run(req, res) {
      const asked = await exports.ask(viewerOf(req), clients.infoOf(req));
      if (!asked) return res.redirect(303, await signedOut(req));
      if (!asked.ok && asked.reason === 'too-often') {
        const nextAt = (await exports.of(viewerOf(req)))?.nextAt;
        const wait = nextAt ? secondsUntil(nextAt, clock.now()) : 1;
        throw tooOften(`You've had ${exportPolicy.perDay.max} copies of your data in a day.`, wait);
      }
      // The page says by itself that a copy is being packed.
      return res.redirect(303, page);
    },
  });

  const give = async (req: Request, res: Response, format: Format): Promise<void> => {
    const copy = await exports.open(viewerOf(req), format);
    if (!copy) throw new AppError(404, "There's no copy of your data here, or it has expired.");
    const { file, madeAt } = copy;
    const name = `chatlink-${req.session.username}-${madeAt.toISOString().slice(0, 10)}.${format}`;
    res.set({
      'Content-Type': file.type,
      'Content-Length': String(file.size),
      'Content-Disposition': `attachment; filename="${name}"`,
    });
    if (req.method === 'HEAD') return void res.end();
    await pipeline(Readable.from(file.pieces), res).catch((err: NodeJS.ErrnoException) => {
      // The reader went away.
      if (err.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw err;
    });
  };
  // It holds everything, so a stolen session alone must not fetch it.
  const download = (format: Format): RequestHandler =>
    reauthentication.define({
      name: `fetch-${format}`,
      before: 'you download the copy of your data',
      back: { path: page, text: 'Back to your account' },
      async run(req, res) {
        if (req.method !== 'POST') return give(req, res, format);
        // A file as the answer would leave the password form on the screen.
        req.session.flash = { kind: 'success', text: 'Thank you. Now you can download your copy.' };
        await saveSession(req);
        return res.redirect(303, page);
      },
    });

  router.post('/settings/account/export', signedInOnly, ask);
  const downloadJson = download('json');
  for (const path of jsonPaths) router.get(path, signedInOnly, downloadJson);
  router.get('/settings/account/export.zip', signedInOnly, download('zip'));
  router.all('/settings/account/export', onlyMethods('GET', 'POST'));
  router.all(['/settings/account/export.json', '/settings/account/export.zip'], onlyMethods('GET'));
  return router;
}
