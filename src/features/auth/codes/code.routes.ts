import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type Clock, secondsUntil } from '../../../kernel/clock.ts';
import { durationOf } from '../../../kernel/duration.ts';
import { message, type Message } from '../../../kernel/message.ts';
import type { Limited, Limits } from '../../../platform/limits/limits.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import type { FormRoutes, FormRules } from '../../../web/forms/form-rules.ts';
import { formView, readForm } from '../../../web/forms/forms.ts';
import { releasePlaces, perAddress, tooManyFromNetwork, setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods, onlyPost } from '../../../web/request/methods.ts';
import { saveSession } from '../../../web/session/session.ts';
import { addressLimits } from '../policy.ts';
import type { Challenges } from './challenge.service.ts';
import type { Challenge } from './challenge.ts';
import { type Answer, type WordBack, whyNotResent } from './code.answers.ts';
import { CodeForm, codeShape } from './code.forms.ts';
import { type CodeWords, codePage, deliveryState, resendState } from './code.page.ts';
import { leadToStart } from './begun-elsewhere.session.ts';
import type { PendingCode } from './pending.ts';

export interface CodeFlow<Pending extends PendingCode> {
  path: string;
  form: FormRules;
  startsAt: string; // for visitors without a live challenge
  challenges: Challenges;
  guard: RequestHandler | RequestHandler[];
  pendingOf(req: Request): Pending | undefined;
  words(challenge: Challenge, pending: Pending): CodeWords;
  /** Does nothing when another tab has begun anew. */
  forget(req: Request, pending: Pending, word: WordBack): Promise<void>;
  expired: WordBack;
  begunElsewhereText: Message;
  resentText(reference: string): Message;
  limitNames: readonly string[]; // limits of the address that a right code gives back
  /** The code was right before, in an answer that got lost. */
  doneBefore?(req: Request, pending: Pending): Promise<string | null>;
  limitsOf(challenge: Challenge): Limited[];
  afterResend?(req: Request, challenge: Challenge, spent: boolean): Promise<void>;
  tryCode(
    req: Request,
    res: Response,
    pending: Pending,
    typed: string,
  ): Promise<{ goOn: string } | { refused: (challenge: Challenge | null) => Answer }>;
}

function tooManyMessages(waitMs: number): Message {
  return message('auth.code.resend.error.network', { wait: durationOf(waitMs / 1000) });
}

/** Without a live challenge every step leads to the start. */
export function codeRoutes<Pending extends PendingCode>(
  flow: CodeFlow<Pending>,
  { limits, clock }: { limits: Limits; clock: Clock },
): FormRoutes {
  const router = Router();
  const { path, startsAt, challenges } = flow;

  const show = (
    res: Response,
    challenge: Challenge,
    pending: Pending,
    error: Message | null = null,
    { name = 'code', isSpent = false } = {},
  ) => {
    const form = formView(codeShape, {}, error ? [{ name, text: error }] : []);
    const words = flow.words(challenge, pending);
    res.render('auth/code', codePage(challenge, form, words, clock.now(), isSpent));
  };
  /** Another browser, or the session ended. */
  const notBegunHere = (req: Request, res: Response): Promise<void> =>
    leadToStart(req, res, startsAt, flow.begunElsewhereText);
  const backToStart = async (req: Request, res: Response, pending: Pending, word: WordBack) => {
    const onwards = await flow.doneBefore?.(req, pending);
    if (onwards) return res.redirect(303, onwards);
    await flow.forget(req, pending, word);
    return res.redirect(303, startsAt);
  };
  /** Null: the visitor has been sent to the start. */
  const liveOrLeave = async (req: Request, res: Response) => {
    const pending = flow.pendingOf(req);
    const challenge = pending ? await challenges.live(pending.challengeId) : null;
    if (pending && challenge) return { pending, challenge };
    if (pending) await backToStart(req, res, pending, flow.expired);
    else await notBegunHere(req, res);
    return null;
  };

  router.get(path, flow.guard, async (req: Request, res: Response) => {
    const live = await liveOrLeave(req, res);
    if (!live) return;
    live.pending.seenSends = live.challenge.sends;
    show(res, live.challenge, live.pending);
  });

  router.post(path, flow.guard, async (req: Request, res: Response) => {
    const { code } = readForm(codeShape, CodeForm, bodyOf(req)).values;
    const pending = flow.pendingOf(req);
    if (!pending) return notBegunHere(req, res);
    const allowed = await limits.take([perAddress('codes', req, addressLimits.codes)]);
    if (!allowed.ok) {
      const live = await liveOrLeave(req, res);
      if (!live) return;
      setRetryAfter(res, allowed.waitMs);
      return show(res, live.challenge, live.pending, tooManyFromNetwork(allowed.waitMs), { name: '' });
    }

    const outcome = await flow.tryCode(req, res, pending, String(code));
    if ('goOn' in outcome) {
      await releasePlaces(limits, req, flow.limitNames, pending.places ?? []).catch(() => {
        // The code was right all the same; places come back within the hour.
      });
      return res.redirect(303, outcome.goOn);
    }
    const challenge = await challenges.live(pending.challengeId);
    const answer = outcome.refused(challenge);
    if ('back' in answer || !challenge)
      return backToStart(req, res, pending, 'back' in answer ? answer.back : flow.expired);
    if (answer.waitMs === null) res.status(422);
    else setRetryAfter(res, answer.waitMs);
    return show(res, challenge, pending, answer.stay, { isSpent: answer.isSpent ?? false });
  });
  router.all(path, onlyMethods('GET', 'POST'));

  router.get(`${path}/status`, flow.guard, async (req: Request, res: Response) => {
    const pending = flow.pendingOf(req);
    const challenge = pending ? await challenges.live(pending.challengeId) : null;
    if (!challenge || !pending) return res.status(404).json({ delivery: 'gone' });
    const now = clock.now();
    const { state, text } = deliveryState(challenge, flow.words(challenge, pending), now);
    const expiresInSeconds = secondsUntil(challenge.expiresAt, now);
    const resend = resendState(challenge, now);
    return res.json({
      delivery: state,
      text: req.words.say(text),
      expiresInSeconds,
      resend: { ...resend, text: req.words.say(resend.text) },
    });
  });
  router.all(`${path}/status`, onlyMethods('GET'));

  router.post(`${path}/resend`, flow.guard, async (req: Request, res: Response) => {
    const live = await liveOrLeave(req, res);
    if (!live) return;
    const { pending, challenge } = live;
    const taken = await limits.take([
      perAddress('sends', req, addressLimits.sends),
      ...flow.limitsOf(challenge),
    ]);
    if (!taken.ok) {
      setRetryAfter(res, taken.waitMs);
      return show(res, challenge, pending, tooManyMessages(taken.waitMs), { name: '' });
    }

    const resent = await challenges.resend(challenge.id, pending.seenSends, req.words.locale);
    if (resent.ok) {
      await flow.afterResend?.(req, resent.challenge, false);
      pending.places = [...(pending.places ?? []), req.id];
      req.session.flash = { kind: 'info', text: flow.resentText(resent.challenge.reference) };
      await saveSession(req);
      return res.redirect(303, path);
    }
    await taken.release();
    if (resent.reason === 'dead') return backToStart(req, res, pending, flow.expired);
    if (resent.reason === 'duplicate') return res.redirect(303, path);
    if (resent.reason === 'spent') await flow.afterResend?.(req, challenge, true);
    const { text, waitMs } = whyNotResent(resent, challenge, clock.now());
    setRetryAfter(res, waitMs);
    return show(res, challenge, pending, text, { name: '' });
  });
  router.all(`${path}/resend`, onlyPost(path));

  return { routes: router, forms: { [path]: flow.form, [`${path}/resend`]: flow.form } };
}
