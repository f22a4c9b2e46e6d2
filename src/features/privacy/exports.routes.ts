import { type Request, type RequestHandler, type Response, Router } from 'express';
import { message } from '../../kernel/message.ts';
import { callerOf, problemOf } from '../../web/act.ts';
import { sendDownload } from '../../web/download.ts';
import { onlyMethods } from '../../web/request/methods.ts';
import { viewerOf, signedOut } from '../../web/session/guards.ts';
import { saveSession } from '../../web/session/session.ts';
import type { AuthFeature } from '../auth/index.ts';
import { type AccountActs, jsonPaths } from './account.acts.ts';

const page = '/settings/account';

interface ExportRoutesDeps {
  acts: AccountActs;
  auth: Pick<AuthFeature, 'signedInOnly' | 'reauthentication'>;
}

export function exportRoutes({ acts, auth }: ExportRoutesDeps): Router {
  const { signedInOnly, reauthentication } = auth;
  const router = Router();

  const ask = reauthentication.define({
    name: 'export',
    lead: message('privacy.confirm.export'),
    back: { path: page, text: message('privacy.confirm.back') },
    async run(req, res) {
      const asked = await acts.ask.run(viewerOf(req), {}, callerOf(req));
      if (!asked.ok && asked.reason === 'signed-out') return res.redirect(303, await signedOut(req));
      if (!asked.ok) throw problemOf(acts.ask, asked);
      // The page says by itself that a copy is being packed.
      return res.redirect(303, page);
    },
  });

  const give = async (req: Request, res: Response, fetch: AccountActs['fetchZip']): Promise<void> => {
    const copy = await fetch.run(viewerOf(req), {}, callerOf(req));
    if (!copy.ok) throw problemOf(fetch, copy);
    return sendDownload(req, res, fetch.answer(copy.value));
  };
  const download = (name: string, fetch: AccountActs['fetchZip']): RequestHandler =>
    reauthentication.define({
      name,
      lead: message('privacy.confirm.download'),
      back: { path: page, text: message('privacy.confirm.back') },
      async run(req, res) {
        if (req.method !== 'POST') return give(req, res, fetch);
        // A file as the answer would leave the password form on the screen.
        req.session.flash = { kind: 'success', text: message('privacy.copy.confirmed') };
        await saveSession(req);
        return res.redirect(303, page);
      },
    });

  router.post('/settings/account/export', signedInOnly, ask);
  const downloadJson = download('fetch-json', acts.fetchJson);
  for (const path of jsonPaths) router.get(path, signedInOnly, downloadJson);
  router.get('/settings/account/export.zip', signedInOnly, download('fetch-zip', acts.fetchZip));
  router.all('/settings/account/export', onlyMethods('GET', 'POST'));
  router.all(['/settings/account/export.json', '/settings/account/export.zip'], onlyMethods('GET'));
  return router;
}
