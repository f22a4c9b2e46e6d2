import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type Clock, secondsUntil } from '../../kernel/clock.ts';
import { AppError, tooOften } from '../../kernel/errors.ts';
import { me, signedOut } from '../../web/guards.ts';
import { onlyMethods } from '../../web/methods.ts';
import type { AuthRoutes } from '../auth/index.ts';
import type { Exports } from './exports.service.ts';
import { exportPolicy } from './policy.ts';

const page = '/settings/account';
const paths = ['/settings/account/export', '/settings/account/export.json'];

export interface ExportRoutesDeps {
  exports: Exports;
  auth: AuthRoutes;
  clock: Clock;
}

/** `/settings/account/export`: asking for a copy of one's data, and fetching it. */
export const exportRoutes = ({ exports, auth, clock }: ExportRoutesDeps): Router => {
  const { signedInOnly, onceProved, clients } = auth;
  const router = Router();

  const ask = onceProved.define({
    name: 'export',
    before: 'we pack everything we hold about you',
    back: { path: page, text: 'Back to your account' },
    async run(req, res) {
      const asked = await exports.ask(me(req), clients.whence(req));
      if (!asked) return res.redirect(303, await signedOut(req));
      if (!asked.ok && asked.reason === 'too-often') {
        const nextAt = (await exports.of(me(req)))?.nextAt;
        const wait = nextAt ? secondsUntil(nextAt, clock.now()) : 1;
        throw tooOften(`You have had ${exportPolicy.perDay.max} copies of your data within a day.`, wait);
      }
      // The page says by itself that it is being packed, and stops saying so when it is.
      return res.redirect(303, page);
    },
  });

  const give =
    (ending: 'json' | 'zip'): RequestHandler =>
    async (req, res) => {
      const copy = await exports.open(me(req), ending);
      if (!copy) throw new AppError(404, 'There is no copy of your data here, or not any more.');
      const { file, madeAt } = copy;
      const name = `chatlink-${req.session.username}-${madeAt.toISOString().slice(0, 10)}.${ending}`;
      res.set({
        'Content-Type': file.type,
        'Content-Length': String(file.size),
        'Content-Disposition': `attachment; filename="${name}"`,
      });
      if (req.method === 'HEAD') return void res.end();
      await pipeline(Readable.from(file.pieces), res).catch((err: NodeJS.ErrnoException) => {
        // Whoever fetched it went away.
        if (err.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw err;
      });
    };

  router.post('/settings/account/export', signedInOnly, ask);
  router.get(paths, signedInOnly, give('json') as (req: Request, res: Response) => Promise<void>);
  router.get('/settings/account/export.zip', signedInOnly, give('zip'));
  router.all('/settings/account/export', onlyMethods('GET', 'POST'));
  router.all(['/settings/account/export.json', '/settings/account/export.zip'], onlyMethods('GET'));
  return router;
};
