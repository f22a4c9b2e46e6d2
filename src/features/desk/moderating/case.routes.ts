import { type Request, type RequestHandler, type Response, Router } from 'express';
import { isUuid } from '../../../kernel/ids.ts';
import { message, type Message } from '../../../kernel/message.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { readForm } from '../../../web/forms/forms.ts';
import { mediaHeaders } from '../../../web/media.ts';
import { onlyMethods, onlyPost } from '../../../web/request/methods.ts';
import { viewerOf } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { DecideForm, decideShape, StaysForm, staysShape } from '../decisions/decide.forms.ts';
import { nothingHere } from '../nothing-here.ts';
import type { Acted, Decisions } from '../decisions/decisions.service.ts';
import { decideBounds, deskPolicy } from '../policy.ts';
import { type CaseState, casePage } from './case.page.ts';
import type { Cases } from '../cases/cases.service.ts';
import type { DeskCase } from '../cases/cases.ts';

interface CaseRoutesDeps {
  cases: Cases;
  decisions: Decisions;
  staffOnly: RequestHandler[];
}

const page = '/desk/cases/:id';

function idOf(req: Request): string {
  const { id } = req.params;
  if (typeof id !== 'string' || !isUuid(id)) throw nothingHere();
  return id;
}

/** Their own decision, in time, of which nobody has heard. */
function mayTakeBack({ state, decisions }: DeskCase, now: Date): boolean {
  return (
    (state === 'second' || state === 'closed') &&
    decisions.some(
      (d) =>
        d.mine &&
        !d.overturnedAt &&
        !d.confirmedAt &&
        !d.appealedAt &&
        now.getTime() - new Date(d.at).getTime() < deskPolicy.takenBackWithin,
    )
  );
}

/** One case: looked at, taken, decided, confirmed, answered. */
export function caseRoutes({ cases, decisions, staffOnly }: CaseRoutesDeps): FormRoutes {
  const router = Router();

  const show = async (req: Request, res: Response, state: Omit<CaseState, 'shown' | 'inColour'> = {}) => {
    const viewer = viewerOf(req);
    const read = await cases.read(viewer, idOf(req));
    if (!read.ok) throw nothingHere();
    const { value: found } = read;
    const shown = typeof req.query.picture === 'string' ? req.query.picture : null;
    const its = { ...state, shown, inColour: req.query.colour === 'on' };
    const { now } = viewer;
    return res.render('desk/case', casePage(found, its, now, mayTakeBack(found, now)));
  };
  const back = async (
    req: Request,
    res: Response,
    path: string,
    kind: 'success' | 'info' | 'error',
    text: Message,
  ) => {
    req.session.flash = { kind, text };
    await saveSession(req);
    return res.redirect(303, path);
  };
  const pathOf = (req: Request) => `/desk/cases/${idOf(req)}`;
  const changed = (req: Request, res: Response) =>
    back(req, res, pathOf(req), 'error', message('desk.changed'));
  const after = async (req: Request, res: Response, acted: Acted, text: Message) =>
    acted.ok ? back(req, res, '/desk', 'success', text) : changed(req, res);

  router.get(page, staffOnly, (req: Request, res: Response) => show(req, res));
  router.all(page, staffOnly, onlyMethods('GET'));

  router.get(`${page}/pictures/:report/:place`, staffOnly, async (req: Request, res: Response) => {
    const { report, place } = req.params;
    if (typeof report !== 'string' || !isUuid(report) || !/^\d{1,2}$/.test(String(place)))
      throw nothingHere();
    const picture = await cases.picture(viewerOf(req), idOf(req), report, Number(place));
    if (!picture.ok) throw nothingHere();
    res.set({ ...mediaHeaders, 'Cache-Control': 'no-store' });
    return res.type(picture.value.type).send(picture.value.bytes);
  });
  router.all(`${page}/pictures/:report/:place`, staffOnly, onlyMethods('GET'));

  const act = (name: string, run: (req: Request, res: Response) => Promise<unknown>) => {
    router.post(`${page}/${name}`, staffOnly, run);
    router.all(`${page}/${name}`, staffOnly, onlyPost(pathOf));
  };

  act('take', async (req, res) => {
    const taken = await cases.take(viewerOf(req), idOf(req));
    return taken.ok ? res.redirect(303, pathOf(req)) : changed(req, res);
  });

  act('decide', async (req, res) => {
    const input = readForm(decideShape, DecideForm, bodyOf(req));
    if (!input.ok) return show(req, res.status(422), input);
    const decided = await decisions.decide(viewerOf(req), idOf(req), input.data);
    if (!decided.ok) return changed(req, res);
    const { needsSecond, needsBreak } = decided.value;
    if (needsBreak) return back(req, res, '/desk', 'info', message('desk.decided.break'));
    return back(
      req,
      res,
      '/desk',
      'success',
      message(needsSecond ? 'desk.decided.second' : 'desk.decided.done'),
    );
  });

  const stays = (name: string, run: Decisions['confirm'], yes: Message, no: Message) =>
    act(name, async (req, res) => {
      const input = readForm(staysShape, StaysForm, bodyOf(req));
      if (!input.ok) return back(req, res, pathOf(req), 'error', input.errors[0]!.text);
      const { stays: yesOrNo } = input.data;
      return after(req, res, await run(viewerOf(req), idOf(req), yesOrNo), yesOrNo ? yes : no);
    });
  stays('confirm', decisions.confirm, message('desk.confirmed.stays'), message('desk.confirmed.goes'));
  stays('answer', decisions.answer, message('desk.answered.stays'), message('desk.answered.goes'));

  act('undo', async (req, res) => {
    const taken = await decisions.takeBack(viewerOf(req), idOf(req));
    return taken.ok ? back(req, res, pathOf(req), 'success', message('desk.takenBack')) : changed(req, res);
  });

  act('seal', async (req, res) => {
    const sealed = await cases.seal(viewerOf(req), idOf(req));
    return sealed.ok ? res.redirect(303, '/desk/children') : changed(req, res);
  });

  router.get('/desk/children', staffOnly, (_req: Request, res: Response) =>
    res.render('desk/children', { title: message('desk.children.title') }),
  );
  router.all('/desk/children', staffOnly, onlyMethods('GET'));

  const formPage = (path: string) => path.replace(/\/[a-z]+$/, '');
  const forms = ['take', 'confirm', 'answer', 'undo', 'seal'].map((name) => [
    `${page}/${name}`,
    { page: formPage },
  ]);
  return {
    routes: router,
    forms: { ...Object.fromEntries(forms), [`${page}/decide`]: { page: formPage, bounds: decideBounds } },
  };
}
