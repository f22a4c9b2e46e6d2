import { type Request, type Response, Router } from 'express';
import { message } from '../../../kernel/message.ts';
import { done } from '../../../kernel/outcome.ts';
import { callerOf, problemOf, readInput } from '../../../web/act.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyMethods, onlyPost } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import {
  noSections,
  type PersonAction,
  personActionsView,
  type PersonSection,
  personSectionsView,
} from '../../../web/views/slots.ts';
import { namesFor } from '../../../web/words/names.ts';
import { settingsForm } from '../../auth/index.ts';
import { avatarNote } from '../../pictures/index.ts';
import { nextStepOf } from './next-steps.ts';
import type { ProfileActs } from './profile.acts.ts';
import { contactViews, personView } from './profile.page.ts';

interface OnThePage {
  personActions: readonly PersonAction[];
  personSections: readonly PersonSection[];
}

/** `/profile` and `/people/:username`. */
export function profileRoutes(
  { own, person, dismissStep }: ProfileActs,
  onThePage: () => OnThePage,
): FormRoutes {
  const router = Router();

  router.get('/profile', signedInByQuery, async (req, res) => {
    const found = await own.run(viewerOf(req), {}, callerOf(req));
    if (!found.ok) return res.redirect(303, await signedOut(req));
    const profile = found.value;
    return res.render('profile/own', {
      title: message('profile.own.title'),
      person: personView(profile, namesFor(req)),
      contacts: contactViews(profile),
      nextStep: nextStepOf(profile),
      ...avatarNote(profile.allPictures),
    });
  });

  router.post('/profile/next-step', signedInByQuery, async (req: Request, res: Response) => {
    const input = await readInput(dismissStep, req);
    const put = input.ok ? await dismissStep.run(viewerOf(req), input.data, callerOf(req)) : done();
    return res.redirect(303, put.ok ? '/profile' : await signedOut(req));
  });

  router.get('/people/:username', signedInByQuery, async (req: Request, res: Response) => {
    const username = String(req.params.username);
    const found = await person.run(viewerOf(req), { username }, callerOf(req));
    if (!found.ok && found.reason === 'signed-out') return res.redirect(303, await signedOut(req));
    if (!found.ok) throw problemOf(person, found);
    const view = personView(found.value, namesFor(req));
    const title = view.displayName ? `${view.displayName} (@${view.username})` : view.username;
    const isOwn = view.username === req.session.username;
    if (isOwn)
      return res.render('profile/person', {
        title,
        person: view,
        isOwn,
        actions: null,
        sections: noSections,
      });
    const { personActions, personSections } = onThePage();
    const { answers } = found.value;
    const actions = personActionsView(personActions, answers, view);
    const ofSections = answers.slice(personActions.filter(({ ask }) => ask).length);
    const sections = personSectionsView(personSections, ofSections, found.value, namesFor(req));
    return res.render('profile/person', { title, person: view, isOwn, actions, sections });
  });

  router.all('/profile/next-step', onlyPost('/profile'));
  router.all(['/profile', '/people/:username'], onlyMethods('GET'));
  return { routes: router, forms: { '/profile/next-step': settingsForm('/profile') } };
}
