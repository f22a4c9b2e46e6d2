import { type Request, type RequestHandler, type Response, Router } from 'express';
import { AppError } from '../../kernel/errors.ts';
import { usernameKeyOf } from '../../kernel/username.ts';
import type { Db } from '../../platform/db.ts';
import { me, signedInByQuery, signedOut } from '../../web/guards.ts';
import { onlyMethods } from '../../web/methods.ts';
import { namesFor } from '../../web/names.ts';
import { contactViews, personView } from './profile.page.ts';
import { createProfileStore } from './profile.store.ts';

/** `/profile` and `/people/:username`, for signed-in people only. */
export const profileRoutes = ({ db, signedInOnly }: { db: Db; signedInOnly: RequestHandler[] }): Router => {
  const router = Router();
  const profiles = createProfileStore(db);

  router.get('/profile', signedInByQuery, async (req, res) => {
    const profile = await profiles.ofMember(me(req));
    if (!profile) return res.redirect(303, await signedOut(req));
    const person = personView(profile, namesFor(req));
    return res.render('profile/own', { title: 'Your profile', person, contacts: contactViews(profile) });
  });

  router.get('/people/:username', signedInOnly, async (req: Request, res: Response) => {
    const key = usernameKeyOf(String(req.params.username));
    const profile = key && (await profiles.byUsername(key));
    if (!profile) throw new AppError(404, 'There is nobody here by that name.');
    const person = personView(profile, namesFor(req));
    res.render('profile/person', { title: person.username, person });
  });

  router.all(['/profile', '/people/:username'], onlyMethods('GET'));
  return router;
};
