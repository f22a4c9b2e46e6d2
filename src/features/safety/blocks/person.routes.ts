import { type Request, type RequestHandler, type Response, Router } from 'express';
import { message } from '../../../kernel/message.ts';
import { refused } from '../../../kernel/outcome.ts';
import { callerOf, problemOf, readInput } from '../../../web/act.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyMethods, onlyPost } from '../../../web/request/methods.ts';
import { viewerOf } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import type { Flash } from '../../../web/session/session-data.ts';
import { sitePathsOf } from '../../../web/session/site-paths.ts';
import { settingsForm } from '../../auth/index.ts';
import type { BlockActs } from './blocks.acts.ts';
import { blockPage } from './blocks.page.ts';
import type { Blocks } from './blocks.service.ts';

interface PersonRoutesDeps {
  blocks: Blocks;
  acts: BlockActs;
  signedInOnly: RequestHandler[];
}

function personPath(username: string): string {
  return `/people/${encodeURIComponent(username)}`;
}

async function goOn(req: Request, res: Response, flash: Flash): Promise<void> {
  req.session.flash = flash;
  await saveSession(req);
  res.redirect(303, sitePathsOf(req).start);
}

/** `/people/:username/block`, `/hide` and `/unhide`. */
export function personRoutes({ blocks, acts, signedInOnly }: PersonRoutesDeps): FormRoutes {
  const { block, hide, unhide } = acts;
  const router = Router();

  router.get('/people/:username/block', signedInOnly, async (req: Request, res: Response) => {
    const found = await blocks.person(viewerOf(req), String(req.params.username));
    if (!found.ok) throw problemOf(block, found);
    return res.render('safety/block', blockPage(found.value.username));
  });

  router.post('/people/:username/block', signedInOnly, async (req: Request, res: Response) => {
    const input = await readInput(block, req);
    const made = input.ok ? await block.run(viewerOf(req), input.data, callerOf(req)) : refused('nobody');
    if (!made.ok) throw problemOf(block, made);
    const { id, username } = made.value;
    const text = message('safety.block.done', { username });
    return goOn(req, res, { kind: 'success', text, undo: `/settings/blocked/${id}/unblock` });
  });

  for (const [act, other, done] of [
    [hide, 'unhide', 'safety.hide.done'],
    [unhide, 'hide', 'safety.unhide.done'],
  ] as const) {
    const path = act.route.slice('POST '.length);
    router.post(path, signedInOnly, async (req: Request, res: Response) => {
      const input = await readInput(act, req);
      const found = input.ok ? await act.run(viewerOf(req), input.data, callerOf(req)) : refused('nobody');
      if (!found.ok) throw problemOf(act, found);
      const { username } = found.value;
      return goOn(req, res, {
        kind: 'success',
        text: message(done, { username }),
        undo: `${personPath(username)}/${other}`,
      });
    });
    router.all(
      path,
      onlyPost((req) => personPath(String(req.params.username))),
    );
  }

  router.all('/people/:username/block', onlyMethods('GET', 'POST'));
  const onPersonPage = settingsForm((path) => path.slice(0, path.lastIndexOf('/')));
  return {
    routes: router,
    forms: {
      '/people/:username/block': settingsForm((path) => path),
      '/people/:username/hide': onPersonPage,
      '/people/:username/unhide': onPersonPage,
    },
  };
}
