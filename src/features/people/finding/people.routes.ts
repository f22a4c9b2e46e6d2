import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Viewer } from '../../../kernel/viewer.ts';
import { callerOf, readInput } from '../../../web/act.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import type { PersonAction } from '../../../web/views/slots.ts';
import { namesFor } from '../../../web/words/names.ts';
import type { PeopleActs } from './people.acts.ts';
import { peoplePage, type Waited } from './people.page.ts';

interface PeopleRoutesDeps {
  acts: PeopleActs;
  actions: () => readonly PersonAction[];
  /** Whom the viewer asked to be told of. */
  waitedFor: (viewer: Viewer) => Promise<readonly Waited[]>;
  /** That somebody is here. */
  notesActivity: RequestHandler;
}

/** `/people` */
export function peopleRoutes({ acts, actions, waitedFor, notesActivity }: PeopleRoutesDeps): Router {
  const router = Router();

  router.get('/people', signedInByQuery, notesActivity, async (req: Request, res: Response) => {
    const input = await readInput(acts.find, req);
    // Whatever stands in an address means something, or nothing.
    if (!input.ok) return res.redirect(303, '/people');
    const found = await acts.find.run(viewerOf(req), input.data, callerOf(req));
    if (!found.ok) return res.redirect(303, await signedOut(req));
    const isEmpty = found.value.people.length === 0;
    const asked = isEmpty ? await waitedFor(viewerOf(req)) : [];
    const page = peoplePage(found.value, input.data, namesFor(req), { actions: actions(), asked });
    return res.render('people/people', page);
  });

  router.all('/people', onlyMethods('GET'));
  return router;
}
