import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import { tooOften } from '../../kernel/errors.ts';
import type { Limited, Limits } from '../../platform/limits.ts';
import { bodyOf } from '../../web/body.ts';
import { formView, readForm } from '../../web/forms.ts';
import { limitByAddress, perAddress } from '../../web/limit.ts';
import { onlyMethods } from '../../web/methods.ts';
import { saveSession } from '../../web/session.ts';
import type { Challenge } from './challenge.ts';
import type { Challenges } from './challenge.service.ts';
import { type Answer, type WordBack, whyNotResent } from './code.answers.ts';
import { CodeForm, codeShape } from './code.forms.ts';
import { type CodeWords, codePage, deliveryState, resendState } from './code.page.ts';
import { addressLimits } from './policy.ts';

/** What a session keeps of a flow that waits for its code. */
export interface PendingCode {
  challengeId: string;
  /** How many sends the visitor's page has shown; a resend from an older page is a double press. */
  seenSends: number;
}

/** One purpose's way past the code page. */
export interface CodeFlow<Pending extends PendingCode> {
  /** The code page: "/sign-up/code". */
  path: string;
  /** Where a visitor without a live challenge belongs. */
  startsAt: string;
  challenges: Challenges;
  /** Whoever has no business on the code page is sent on. */
  guard: RequestHandler | RequestHandler[];
  pendingOf(req: Request): Pending | undefined;
  words(challenge: Challenge, pending: Pending): CodeWords;
  /** Forgets what waits, unless another tab has begun anew meanwhile, and leaves a word. */
  forget(req: Request, pending: Pending, word: WordBack): Promise<void>;
  /** What is said of a challenge that is over. */
  runOut: WordBack;
  resentText(reference: string): string;
  /** Limits of a resend beside the client's own. */
  limitsOf(challenge: Challenge): Limited[];
  /** After another code was sent, or refused because too many were asked for (`spent`). */
  afterResend?(req: Request, challenge: Challenge, spent: boolean): Promise<void>;
  /** Tries a code: where the visitor goes when it was right, or what to answer. */
  tryCode(
    req: Request,
    res: Response,
    pending: Pending,
    typed: string,
  ): Promise<{ goOn: string } | { refused: (challenge: Challenge | null) => Answer }>;
}

/** `…/code` and what hangs on it, the same for every purpose. Without a live challenge every step leads to the start. */
export const codeRoutes = <Pending extends PendingCode>(
  flow: CodeFlow<Pending>,
  { limits, clock }: { limits: Limits; clock: Clock },
): Router => {
  const router = Router();
  const { path, startsAt, challenges } = flow;

  const show = (
    res: Response,
    challenge: Challenge,
    pending: Pending,
    error: string | null = null,
    name = 'code',
  ) => {
    const form = formView(codeShape, {}, error ? [{ name, text: error }] : []);
    res.render('auth/code', codePage(challenge, form, flow.words(challenge, pending), clock.now()));
  };
  const tooOftenPage = (res: Response, waitMs: number): Response =>
    res.status(429).set('Retry-After', String(Math.ceil(waitMs / 1000)));
  const backToStart = async (req: Request, res: Response, pending: Pending, word: WordBack) => {
    await flow.forget(req, pending, word);
    res.redirect(303, startsAt);
  };
  /** What waits in this session; where nothing is live, the visitor has been sent to the start. */
  const liveOrLeave = async (req: Request, res: Response) => {
    const pending = flow.pendingOf(req);
    const challenge = pending ? await challenges.live(pending.challengeId) : null;
    if (pending && challenge) return { pending, challenge };
    if (pending) await backToStart(req, res, pending, flow.runOut);
    else res.redirect(303, startsAt);
    return null;
  };

  router.use(path, flow.guard);

  router.get(path, async (req, res) => {
    const live = await liveOrLeave(req, res);
    if (!live) return;
    live.pending.seenSends = live.challenge.sends;
    show(res, live.challenge, live.pending);
  });

  router.post(path, limitByAddress(limits, 'codes', addressLimits.codes), async (req, res) => {
    const { code } = readForm(codeShape, CodeForm, bodyOf(req)).values;
    const pending = flow.pendingOf(req);
    if (!pending) return res.redirect(303, startsAt);

    const outcome = await flow.tryCode(req, res, pending, String(code));
    if ('goOn' in outcome) return res.redirect(303, outcome.goOn);
    const challenge = await challenges.live(pending.challengeId);
    const answer = outcome.refused(challenge);
    if ('back' in answer || !challenge)
      return backToStart(req, res, pending, 'back' in answer ? answer.back : flow.runOut);
    if (answer.waitMs === null) res.status(422);
    else tooOftenPage(res, answer.waitMs);
    return show(res, challenge, pending, answer.stay);
  });
  router.all(path, onlyMethods('GET', 'POST'));

  router.get(`${path}/status`, async (req, res) => {
    const pending = flow.pendingOf(req);
    const challenge = pending ? await challenges.live(pending.challengeId) : null;
    if (!challenge || !pending) return res.status(404).json({ delivery: 'gone' });
    const now = clock.now();
    const { state, text } = deliveryState(challenge, flow.words(challenge, pending), now);
    return res.json({ delivery: state, text, resend: resendState(challenge, now) });
  });
  router.all(`${path}/status`, onlyMethods('GET'));

  router.post(`${path}/resend`, async (req, res) => {
    const live = await liveOrLeave(req, res);
    if (!live) return;
    const { pending, challenge } = live;
    const taken = await limits.take([
      perAddress('sends', req, addressLimits.sends),
      ...flow.limitsOf(challenge),
    ]);
    if (!taken.ok) throw tooOften('There were too many messages to your network.', taken.waitMs / 1000);

    const resent = await challenges.resend(challenge.id, pending.seenSends);
    if (resent.ok) {
      await flow.afterResend?.(req, resent.challenge, false);
      req.session.flash = { kind: 'info', text: flow.resentText(resent.challenge.reference) };
      await saveSession(req);
      return res.redirect(303, path);
    }
    await taken.giveBack();
    if (resent.reason === 'dead') return backToStart(req, res, pending, flow.runOut);
    if (resent.reason === 'duplicate') return res.redirect(303, path);
    if (resent.reason === 'spent') await flow.afterResend?.(req, challenge, true);
    const { text, waitMs } = whyNotResent(resent, challenge, clock.now());
    tooOftenPage(res, waitMs);
    return show(res, challenge, pending, text, '');
  });
  router.all(`${path}/resend`, onlyMethods('POST'));

  return router;
};
