import { type Request, type Response, Router } from 'express';
import type { Message } from '../../../kernel/message.ts';
import type { AnyOutcome, RefusalOf } from '../../../kernel/outcome.ts';
import { type Act, callerOf, problemOf, readInput } from '../../../web/act.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import { shownAgainToMembers, type FormRoutes } from '../../../web/forms/form-rules.ts';
import { takeFields } from '../../../web/forms/forms.ts';
import { setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import { chatChangesLimit, messageFormBounds } from '../policy.ts';
import { type aboutMessages, backToChat, messagePath, whichIn } from './about-message.routes.ts';
import type { About, Filled } from './message-pages.page.ts';

type Draw = (req: Request, res: Response, about: About, filled: Filled) => void;

/** A page with a form about one message: what was typed stays, what is sent leads back to the message. */
export function messageForm<Input, Result extends AnyOutcome>(
  act: Act<Input, Result> & { tell?: (why: RefusalOf<Result>) => Message },
  aboutOf: ReturnType<typeof aboutMessages>,
  draw: Draw,
): FormRoutes {
  const path = `${messagePath}/${act.name.slice('chat.'.length)}`;
  const isWritten = act.input.shape.texts.includes('text');
  const router = Router();

  const show = async (req: Request, res: Response, filled: Filled): Promise<void> => {
    const about = await aboutOf(req, res);
    if (about) draw(req, res, about, filled);
  };

  router.get(path, signedInByQuery, (req: Request, res: Response) =>
    show(req, res, { values: {}, errors: [] }),
  );

  router.post(path, signedInByQuery, async (req: Request, res: Response) => {
    const input = await readInput(act, req);
    if (!input.ok) return show(req, res.status(422), input);
    const made = await act.run(viewerOf(req), input.data, callerOf(req));
    const { seq } = whichIn(req);
    if (made.ok) return backToChat(req, res, act.created ? '#latest' : `#m-${seq}`);
    const refused = made as RefusalOf<Result>;
    if (refused.reason === 'signed-out') return res.redirect(303, await signedOut(req));
    const problem = problemOf(act, refused);
    if (refused.reason === 'nobody') throw problem;
    if (!isWritten) return backToChat(req, res, `#m-${seq}`, problem.said);
    if (refused.retryInMs === undefined) res.status(problem.status);
    else setRetryAfter(res, refused.retryInMs);
    const name = problem.status === 422 ? 'text' : '';
    return show(req, res, { values: input.values, errors: [{ name, text: problem.said }] });
  });

  router.all(path, onlyMethods('GET', 'POST'));
  const shownAgain = shownAgainToMembers(signedInByQuery, (req, res, why) =>
    show(req, res, {
      values: takeFields(act.input.shape, bodyOf(req)),
      errors: [{ name: '', text: why }],
    }),
  );
  const rules = {
    page: (sentTo: string) => sentTo,
    bounds: messageFormBounds,
    shownAgain,
    ...(act.limits ? { limit: chatChangesLimit } : {}),
  };
  return { routes: router, forms: { [path]: rules } };
}
