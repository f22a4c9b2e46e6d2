import { type Request, type RequestHandler, type Response, Router } from 'express';
import { isUuid } from '../../../kernel/ids.ts';
import { message } from '../../../kernel/message.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import { shownAgainToMembers, type FormRoutes } from '../../../web/forms/form-rules.ts';
import { type FormShape, type FormValues, readForm, takeFields } from '../../../web/forms/forms.ts';
import { onlyMethods, onlyPost } from '../../../web/request/methods.ts';
import { viewerOf } from '../../../web/session/guards.ts';
import { redirectTo } from '../../../web/session/redirect-to.ts';
import {
  AnswerForm,
  answerShape,
  decideForm,
  decideShape,
  nameShape,
  restoreShape,
  StaysForm,
  staysShape,
} from '../decisions/decide.forms.ts';
import { nothingHere } from '../nothing-here.ts';
import type { Decisions } from '../decisions/decisions.service.ts';
import { deskPolicy } from '../policy.ts';
import { caseFormRules } from './case.form-rules.ts';
import { idOf, partOf } from './case-address.routes.ts';
import { type CaseState, casePage } from './case.page.ts';
import { isAnswered, isAppealed, isDone, mayTakeBack, outOfAge, whyRefused } from './case-state.ts';
import type { Cases } from '../cases/cases.service.ts';
import type { DeskCase } from '../cases/cases.ts';
import type { Unwelcomed } from '../signals/signals.ts';

interface CaseRoutesDeps {
  cases: Cases;
  decisions: Decisions;
  /** Of a signal: who did not want its person. */
  numbersOf: (found: DeskCase, now: Date) => Promise<Unwelcomed[]>;
  staffOnly: RequestHandler[];
}

const page = '/desk/cases/:id';

/** One case: looked at, taken, decided, confirmed, answered. */
export function caseRoutes({ cases, decisions, numbersOf, staffOnly }: CaseRoutesDeps): FormRoutes {
  const router = Router();

  const read = async (req: Request): Promise<DeskCase> => {
    const found = await cases.read(viewerOf(req), idOf(req), partOf(req));
    if (!found.ok) throw nothingHere();
    return found.value;
  };
  const show = async (
    req: Request,
    res: Response,
    state: Pick<CaseState, 'values' | 'errors'> = {},
    known?: DeskCase,
  ) => {
    const found = known ?? (await read(req));
    const shown = typeof req.query.picture === 'string' ? req.query.picture : null;
    const { now } = viewerOf(req);
    const its = { ...state, shown, inColour: req.query.colour === 'on', part: partOf(req) };
    const seen = { ...its, numbers: await numbersOf(found, now) };
    return res.render('desk/case', casePage(found, seen, now, mayTakeBack(found, now)));
  };
  const pathOf = (req: Request) => `/desk/cases/${idOf(req)}`;
  const changed = (req: Request, res: Response) =>
    redirectTo(req, res, pathOf(req), 'error', message('desk.changed'));

  /** The case as it stands now, why nothing was done, and what was typed. */
  const refuse = async (
    req: Request,
    res: Response,
    { version: _old, ...values }: FormValues,
    known?: DeskCase,
  ) => {
    const found = known ?? (await read(req));
    const why = whyRefused(found, values);
    return show(req, res.status(409), { values, errors: [why] }, found);
  };
  const shownAgain = (shape: FormShape) =>
    shownAgainToMembers(staffOnly, (req, res, why) =>
      show(req, res, { values: takeFields(shape, bodyOf(req)), errors: [{ name: '', text: why }] }),
    );

  router.get(page, staffOnly, (req: Request, res: Response) => show(req, res));
  router.all(page, staffOnly, onlyMethods('GET'));

  const act = (name: string, run: (req: Request, res: Response) => Promise<unknown>) => {
    router.post(`${page}/${name}`, staffOnly, run);
    router.all(`${page}/${name}`, staffOnly, onlyPost(pathOf));
  };

  act('take', async (req, res) => {
    const taken = await cases.take(viewerOf(req), idOf(req));
    if (taken.ok) return res.redirect(303, pathOf(req));
    // Nobody else has it, and it is theirs to decide: they hold as many as one may.
    const { mayHandle, heldBy } = await read(req);
    if (mayHandle && heldBy === null)
      return redirectTo(
        req,
        res,
        '/desk',
        'info',
        message('desk.queue.full', { count: deskPolicy.heldAtOnce }),
      );
    return changed(req, res);
  });

  act('return', async (req, res) => {
    const left = await cases.putBack(viewerOf(req), idOf(req));
    return left.ok ? redirectTo(req, res, '/desk', 'success', message('desk.putBack')) : changed(req, res);
  });

  act('decide', async (req, res) => {
    const viewer = viewerOf(req);
    const input = readForm(decideShape, decideForm(viewer.now), bodyOf(req));
    if (!input.ok) return show(req, res.status(422), input);
    const grownUp = input.data.dateOfBirth && outOfAge(await read(req), input.data.dateOfBirth, viewer.now);
    if (grownUp) return show(req, res.status(422), { values: input.values, errors: [grownUp] });
    const decided = await decisions.decide(viewer, idOf(req), input.data);
    if (!decided.ok) {
      const found = await read(req);
      // Pressed twice: it is done.
      if (isDone(found, input.data, viewer.now))
        return redirectTo(req, res, '/desk', 'success', message('desk.decided.done'));
      return refuse(req, res, input.values, found);
    }
    const { needsSecond, needsBreak } = decided.value;
    if (needsBreak) return redirectTo(req, res, '/desk', 'info', message('desk.decided.break'));
    const text = message(needsSecond ? 'desk.decided.second' : 'desk.decided.done');
    return redirectTo(req, res, '/desk', 'success', text);
  });

  act('confirm', async (req, res) => {
    const input = readForm(staysShape, StaysForm, bodyOf(req));
    if (!input.ok) return show(req, res.status(422), input);
    const said = await decisions.confirm(viewerOf(req), idOf(req), input.data);
    if (!said.ok) return refuse(req, res, input.values);
    const text = message(input.data.stays ? 'desk.confirmed.stays' : 'desk.confirmed.goes');
    return redirectTo(req, res, '/desk', 'success', text);
  });

  act('answer', async (req, res) => {
    const input = readForm(answerShape, AnswerForm, bodyOf(req));
    if (!input.ok) return show(req, res.status(422), input);
    const said = await decisions.answer(viewerOf(req), idOf(req), input.data);
    const another = () => redirectTo(req, res, pathOf(req), 'success', message('desk.answered.another'));
    if (!said.ok) {
      const found = await read(req);
      // Pressed twice: what was written belongs to the first of two appeals.
      return isAnswered(found, input.data.decision) ? another() : refuse(req, res, input.values, found);
    }
    if (said.value.isAnotherWaiting) return another();
    const text = message(input.data.stays ? 'desk.answered.stays' : 'desk.answered.goes');
    return redirectTo(req, res, '/desk', 'success', text);
  });

  act('undo', async (req, res) => {
    const taken = await decisions.takeBack(viewerOf(req), idOf(req));
    if (taken.ok)
      return redirectTo(req, res, pathOf(req), 'success', message(`desk.takenBack.${taken.value}`));
    const isLate = isAppealed(await read(req));
    return isLate
      ? redirectTo(req, res, pathOf(req), 'info', message('desk.undo.appealed'))
      : changed(req, res);
  });

  act('name', async (req, res) => {
    const values = takeFields(nameShape, bodyOf(req));
    const named = await cases.name(viewerOf(req), idOf(req), String(values.username));
    if (named.ok) return redirectTo(req, res, pathOf(req), 'success', message('desk.named'));
    const found = await read(req);
    if (!found.mine || !found.isNameless) return refuse(req, res, values, found);
    const text = message(named.reason === 'staff' ? 'desk.name.staff' : 'desk.name.error');
    return show(req, res.status(422), { values, errors: [{ name: 'username', text }] }, found);
  });

  act('restore', async (req, res) => {
    const { decision } = takeFields(restoreShape, bodyOf(req));
    const given =
      typeof decision === 'string' && isUuid(decision)
        ? await decisions.giveBack(viewerOf(req), idOf(req), decision)
        : await cases.giveBack(viewerOf(req), idOf(req));
    return given.ok
      ? redirectTo(req, res, pathOf(req), 'success', message('desk.givenBack'))
      : changed(req, res);
  });

  act('seal', async (req, res) => {
    const sealed = await cases.seal(viewerOf(req), idOf(req));
    return sealed.ok ? res.redirect(303, `/desk/children?case=${idOf(req)}`) : changed(req, res);
  });

  return { routes: router, forms: caseFormRules(page, shownAgain) };
}
