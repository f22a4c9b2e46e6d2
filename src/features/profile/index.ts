import { Router } from 'express';
import { AppError } from '../../kernel/errors.ts';
import { usernameKeyOf } from '../../kernel/username.ts';
import type { Db } from '../../platform/db.ts';
import { signedInId, signedInOnly } from '../../web/guards.ts';
import { onlyMethods } from '../../web/methods.ts';
import { namesFor } from '../../web/names.ts';
import { endSession } from '../../web/session.ts';
import { contactViews, personView } from './profile.page.ts';
import { createProfileStore } from './profile.store.ts';

/** `/profile` and `/people/:username`, for signed-in people only. */
export const profileRoutes = ({ db }: { db: Db }): Router => {
  const router = Router();
  const profiles = createProfileStore(db);

  router.get('/profile', signedInOnly, async (req, res) => {
    const profile = await profiles.byId(signedInId(req));
    if (!profile) {
      // The account went away while this session was open.
      await endSession(req);
      return res.redirect(303, '/login');
    }
    const person = personView(profile, namesFor(req));
    return res.render('profile/own', { title: 'Your profile', person, contacts: contactViews(profile) });
  });

  router.get('/people/:username', signedInOnly, async (req, res) => {
    const key = usernameKeyOf(String(req.params.username));
    const profile = key && (await profiles.byUsername(key));
    if (!profile) throw new AppError(404, 'There is nobody here by that name.');
    const person = personView(profile, namesFor(req));
    res.render('profile/person', { title: person.username, person });
  });

  router.all(['/profile', '/people/:username'], onlyMethods('GET'));
  return router;
};
