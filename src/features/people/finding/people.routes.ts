import { type Request, type RequestHandler, type Response, Router } from 'express';
import { callerOf, readInput } from '../../../web/act.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import type { PersonAction } from '../../../web/views/slots.ts';
import { namesFor } from '../../../web/words/names.ts';
import type { PeopleActs } from './people.acts.ts';
import { peoplePage } from './people.page.ts';

interface PeopleRoutesDeps {
  acts: PeopleActs;
  actions: () => readonly PersonAction[];
  /** That somebody is here. */
  notesActivity: RequestHandler;
}

/** `/people` */
export function peopleRoutes({ acts, actions, notesActivity }: PeopleRoutesDeps): Router {
  const router = Router();

  router.get('/people', signedInByQuery, notesActivity, async (req: Request, res: Response) => {
    const input = await readInput(acts.find, req);
    // Whatever stands in an address means something, or nothing.
    if (!input.ok) return res.redirect(303, '/people');
    const found = await acts.find.run(viewerOf(req), input.data, callerOf(req));
    if (!found.ok) return res.redirect(303, await signedOut(req));
    return res.render('people/people', peoplePage(found.value, input.data, namesFor(req), actions()));
  });

  router.all('/people', onlyMethods('GET'));
  return router;
}
