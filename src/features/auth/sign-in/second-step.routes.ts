import { type Request, type Response, Router } from 'express';
import type { Clock } from '../../../kernel/clock.ts';
import { message, type Message } from '../../../kernel/message.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import { type FormError, readForm } from '../../../web/forms/forms.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { visitorsOnly } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import type { Flash } from '../../../web/session/session-data.ts';
import { sitePathsOf } from '../../../web/session/site-paths.ts';
import { enterBarred } from '../bans/barred.session.ts';
import { CodeForm, codeShape } from '../codes/code.forms.ts';
import type { Clients } from '../devices/client.ts';
import { lostFactorPage, secondStepPage } from '../second-factor/second-step.page.ts';
import { leaveSecondStep, secondStepPath } from '../second-factor/second-step.session.ts';
import type { Run } from '../second-factor/second-step.ts';
import type { SecondSteps } from '../second-factor/second-steps.service.ts';
import type { Entry } from './entry.session.ts';
import type { SignIn } from './sign-in.service.ts';

const lostFactorPath = '/login/second/lost';

interface SecondStepRoutesDeps {
  signIn: Pick<SignIn, 'enterAfter'>;
  secondSteps: SecondSteps;
  entry: Entry;
  clients: Clients;
  clock: Clock;
}

const over: Flash = { kind: 'info', text: message('auth.secondStep.over') };

/** After the right password: a code of the app or a recovery code, or the long way for whoever has neither. */
export function secondStepRoutes(deps: SecondStepRoutesDeps): FormRoutes {
  const { signIn, secondSteps, entry, clients, clock } = deps;
  const router = Router();

  /** A second press of a browser that is in by now must not take its new session away; nor is anybody told who never began. */
  const startAgain = async (req: Request, res: Response) => {
    const { secondStep } = req.session;
    if (secondStep && !(await secondSteps.isPassed(secondStep.id))) await leaveSecondStep(req, over);
    res.redirect(303, '/login');
  };
  /** Null: it is over, and the browser has been told. */
  const runOf = async (req: Request, res: Response): Promise<Run | null> => {
    const run = req.session.secondStep ? await secondSteps.find(req.session.secondStep.id) : null;
    if (!run) await startAgain(req, res);
    return run;
  };
  const enter = async (req: Request, res: Response, run: Run, flash?: Flash) => {
    const { remember = false, next = null } = req.session.secondStep ?? {};
    const from = { ...clients.infoOf(req), deviceCookie: clients.deviceCookie(req) };
    const entered = await signIn.enterAfter(run, from);
    if (!entered.ok && entered.reason === 'barred') {
      clients.rememberDevice(res, entered.deviceCookie);
      await enterBarred(req, entered.account);
      return res.redirect(303, sitePathsOf(req).barred);
    }
    if (!entered.ok) return startAgain(req, res);
    await entry(req, res, entered, remember, flash);
    return res.redirect(303, next ?? sitePathsOf(req).start);
  };
  const showStep = (res: Response, run: Run, errors?: FormError[]) =>
    res.render('auth/second-step', secondStepPage(run, clock.now(), errors));
  const tooOften = (res: Response, retryInMs: number): Message =>
    message('auth.secondStep.tooOften', { wait: setRetryAfter(res, retryInMs) });

  router.get(secondStepPath, visitorsOnly, async (req: Request, res: Response) => {
    const run = await runOf(req, res);
    if (run) showStep(res, run);
  });

  router.post(secondStepPath, visitorsOnly, async (req: Request, res: Response) => {
    const run = await runOf(req, res);
    if (!run) return undefined;
    const input = readForm(codeShape, CodeForm, bodyOf(req));
    const typed = input.ok ? input.data.code.trim() : '';
    if (typed === '') {
      res.status(422);
      return showStep(res, run, [{ name: 'code', text: message('auth.secondStep.code.empty') }]);
    }
    const passed = await secondSteps.pass(run.id, typed, clients.infoOf(req));
    if (passed.ok) return enter(req, res, passed.value);
    if (passed.reason === 'over') return startAgain(req, res);
    if (passed.reason === 'too-often')
      return showStep(res, run, [{ name: '', text: tooOften(res, passed.retryInMs) }]);
    if (passed.triesLeft === 0) return startAgain(req, res);
    res.status(422);
    return showStep(res, run, [
      { name: 'code', text: message('auth.secondStep.wrong', { count: passed.triesLeft }) },
    ]);
  });
  router.all(secondStepPath, onlyMethods('GET', 'POST'));

  router.get(lostFactorPath, visitorsOnly, async (req: Request, res: Response) => {
    const run = await runOf(req, res);
    if (run) res.render('auth/lost-factor', lostFactorPage(run, clock.now()));
  });

  router.post(lostFactorPath, visitorsOnly, async (req: Request, res: Response) => {
    const run = await runOf(req, res);
    if (!run) return undefined;
    const lost = await secondSteps.lose(run.id, clients.infoOf(req));
    if (!lost.ok && lost.reason === 'over') return startAgain(req, res);
    // The page says so already.
    if (!lost.ok && lost.reason === 'staff') return res.redirect(303, lostFactorPath);
    if (!lost.ok) {
      const wait = setRetryAfter(res, lost.retryInMs);
      const errors = [{ name: '', text: message('auth.lostFactor.tooOften', { wait }) }];
      return res.render('auth/lost-factor', lostFactorPage(run, clock.now(), errors));
    }
    if (lost.value.what === 'opened')
      return enter(req, res, lost.value.run, { kind: 'info', text: message('auth.lostFactor.opened') });
    req.session.flash = { kind: 'info', text: message('auth.lostFactor.begun') };
    await saveSession(req);
    return res.redirect(303, lostFactorPath);
  });
  router.all(lostFactorPath, onlyMethods('GET', 'POST'));

  return {
    routes: router,
    forms: {
      [secondStepPath]: { leadsTo: secondStepPath },
      [lostFactorPath]: { leadsTo: lostFactorPath },
    },
  };
}
