import { type Request, type RequestHandler, type Response, Router } from 'express';
import { message } from '../../../kernel/message.ts';
import type { AnyOutcome } from '../../../kernel/outcome.ts';
import { type Act, callerOf, problemOf, readInput } from '../../../web/act.ts';
import { bodyOf, single } from '../../../web/forms/body.ts';
import { type FormError, type FormValues, takeFields } from '../../../web/forms/forms.ts';
import { shownAgainToMembers, type FormRoutes } from '../../../web/forms/form-rules.ts';
import { setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods, onlyPost } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import { sitePathsOf } from '../../../web/session/site-paths.ts';
import { namesFor } from '../../../web/words/names.ts';
import { settingsForm } from '../../auth/index.ts';
import type { PicturesFeature } from '../../pictures/index.ts';
import {
  languagesShape,
  missingFrom,
  type ProfileFeature,
  profileFormBounds,
  profileShape,
  type Step,
  steps,
} from '../../profile/index.ts';
import { end, isPast, pass, placeOf } from './steps.session.ts';
import { sentenceOf, starters, welcomePage } from './welcome.page.ts';

const path = '/welcome';

interface WelcomeRoutesDeps {
  pictures: Pick<PicturesFeature, 'avatarOn'>;
  profile: Pick<ProfileFeature, 'mine'>;
  signedInOnly: RequestHandler[];
}

/** `/welcome`, once after joining: what the settings have too, step by step. */
export function welcomeRoutes({ pictures, profile, signedInOnly }: WelcomeRoutesDeps): FormRoutes {
  const router = Router();
  const { read, edit, editLanguages } = profile.mine;

  const show = async (
    req: Request,
    res: Response,
    step: Step,
    sent: { values?: FormValues; errors?: readonly FormError[] } = {},
  ) => {
    const found = await read.run(viewerOf(req), {}, callerOf(req));
    if (!found.ok) return res.redirect(303, await signedOut(req));
    const missing = missingFrom(found.value);
    return res.render('people/welcome', welcomePage(step, found.value, missing, namesFor(req), sent));
  };

  /** Sends what a step says to the settings' own act. */
  const fill =
    <Input, Result extends AnyOutcome>(step: Step, act: Act<Input, Result>): RequestHandler =>
    async (req, res) => {
      if (isPast(req, step)) return res.redirect(303, path);
      const input = await readInput(act, req);
      if (!input.ok) return show(req, res.status(422), step, input);
      const saved = await act.run(viewerOf(req), input.data, callerOf(req));
      if (saved.ok) {
        await pass(req, step);
        return res.redirect(303, path);
      }
      if (saved.reason === 'signed-out') return res.redirect(303, await signedOut(req));
      const { status, said } = problemOf(act, saved);
      if (saved.retryInMs !== undefined) setRetryAfter(res, saved.retryInMs);
      return show(req, res.status(status), step, { errors: [{ name: '', text: said }] });
    };

  router.get(path, signedInByQuery, async (req: Request, res: Response) => {
    const found = await read.run(viewerOf(req), {}, callerOf(req));
    if (!found.ok) return res.redirect(303, await signedOut(req));
    const place = placeOf(req);
    if (place === null) return res.redirect(303, sitePathsOf(req).start);
    const missing = missingFrom(found.value);
    const step = steps.find((one, n) => n >= place && missing.includes(one)) ?? null;
    if (step === null) end(req);
    return res.render('people/welcome', welcomePage(step, found.value, missing, namesFor(req)));
  });

  router.post(`${path}/skip`, signedInOnly, async (req: Request, res: Response) => {
    const { step } = takeFields({ texts: ['step'] }, bodyOf(req));
    const skipped = steps.find((one) => one === step);
    if (skipped) await pass(req, skipped);
    return res.redirect(303, path);
  });

  /** Without the script, the beginning of a sentence comes with the page. */
  const begin: RequestHandler = async (req, res, next) => {
    const body = bodyOf(req);
    const bio = single(body, 'bio') ?? '';
    const chosen = single(body, 'starter');
    if (chosen !== undefined) {
      const found = await read.run(viewerOf(req), {}, callerOf(req));
      if (!found.ok) return res.redirect(303, await signedOut(req));
      const starter = starters(found.value)[Number(chosen)];
      const begun = starter ? sentenceOf(bio, req.words.say(starter)) : bio;
      return show(req, res, 'words', { values: { bio: begun } });
    }
    if (bio.trim() !== '' || isPast(req, 'words')) return next();
    const errors = [{ name: 'bio', text: message('people.welcome.words.error.empty') }];
    return show(req, res.status(422), 'words', { values: { bio }, errors });
  };
  router.post(`${path}/words`, signedInOnly, begin, fill('words', edit));
  router.post(`${path}/levels`, signedInOnly, fill('levels', editLanguages));

  router.all(path, onlyMethods('GET'));
  const sends = ['picture', 'words', 'levels', 'skip'].map((name) => `${path}/${name}`);
  router.all(sends, onlyPost(path));

  const again = (step: Step, shape: typeof profileShape) =>
    shownAgainToMembers(signedInOnly, (req, res, why) =>
      show(req, res, step, {
        values: takeFields({ ...shape, texts: [...shape.texts, 'starter'] }, bodyOf(req)),
        errors: [{ name: '', text: why }],
      }),
    );
  return {
    routes: router,
    forms: {
      [`${path}/picture`]: settingsForm(path, {
        files: pictures.avatarOn({
          next: async (req) => {
            await pass(req, 'picture');
            return path;
          },
          show: (req, res, errors) => show(req, res, 'picture', { errors }),
        }),
      }),
      [`${path}/words`]: settingsForm(path, {
        bounds: profileFormBounds,
        shownAgain: again('words', profileShape),
      }),
      [`${path}/levels`]: settingsForm(path, { shownAgain: again('levels', languagesShape) }),
      [`${path}/skip`]: { page: path },
    },
  };
}
