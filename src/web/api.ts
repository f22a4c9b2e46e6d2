import { type Request, type RequestHandler, Router } from 'express';
import { message } from '../kernel/message.ts';
import type { Limits } from '../platform/limits/limits.ts';
import { type AnyAct, callerOf, problemOf, readInput, toldErrors } from './act.ts';
import { Download, sendDownload } from './download.ts';
import { csrfHeader, csrfToken } from './forms/csrf.ts';
import { jsonBody } from './forms/json-body.ts';
import { isMultipart, readFiles } from './forms/uploads.ts';
import { isForApi, Problem } from './problem.ts';
import { limitByMember } from './request/limit.ts';
import { refuseMethod } from './request/methods.ts';
import { belongsTo, lets } from './routes.ts';
import { type Holds, viewerOf } from './session/guards.ts';
import { sitePathsOf } from './session/site-paths.ts';
import { endSession } from './session/session.ts';

const PREFIX = '/api/v1';

/** Whether the password was given lately in this session, and that it was now. */
export interface Confirmation {
  isRecent(req: Request): boolean;
  remember(req: Request): void;
}

export interface ApiDeps {
  /** By feature, in their order. */
  acts: Readonly<Record<string, readonly AnyAct[]>>;
  holds: Holds;
  confirmation: Confirmation;
  limits: Limits;
}

function signedOutProblem() {
  return new Problem(401, 'signed-out', message('web.api.signedOut'));
}

/** The guard of pages, answering programs. */
function signedInOnly(holds: Holds): RequestHandler {
  return lets('member', async (req, _res, next) => {
    if (!req.session.userId) throw signedOutProblem();
    const { id, securityVersion } = viewerOf(req);
    if (await holds(id, securityVersion)) return next();
    await endSession(req, 'outdated');
    throw signedOutProblem();
  });
}

/** JSON; or, where the act takes files, a form with files as a page sends it. */
function readBody({ bounds, input }: AnyAct): RequestHandler[] {
  const json = jsonBody(bounds);
  if (!input.files) return json;
  const signedOut = (): never => {
    throw signedOutProblem();
  };
  const unlessFiles =
    (handler: RequestHandler): RequestHandler =>
    (req, res, next) =>
      isMultipart(req) ? next() : handler(req, res, next);
  return [...readFiles(input.files, signedOut), ...json.map(unlessFiles)];
}

function perform(act: AnyAct, confirmation: Confirmation): RequestHandler {
  return async (req, res) => {
    const input = await readInput(act, req);
    if (!input.ok) {
      const errors = toldErrors(input.errors, req.words);
      throw new Problem(422, 'invalid', message('web.api.invalid'), { errors });
    }
    const outcome = await act.run(viewerOf(req), input.data, callerOf(req));
    if (!outcome.ok && outcome.reason === 'signed-out') {
      await endSession(req, 'outdated');
      throw signedOutProblem();
    }
    if (!outcome.ok) throw problemOf(act, outcome);
    // What the output does not declare stays here.
    const answer = act.output.parse(act.answer(outcome.value));
    if (act.leaves === 'confirmed') confirmation.remember(req);
    if (act.leaves === 'signed-out') await endSession(req);
    if (answer instanceof Download) return sendDownload(req, res, answer);
    res.status(act.created ? 201 : 200).json(answer);
    return undefined;
  };
}

function methodOf({ route }: AnyAct): 'get' | 'post' {
  return route.startsWith('GET ') ? 'get' : 'post';
}
function pathOf({ route }: AnyAct): string {
  return PREFIX + route.slice(route.indexOf(' ') + 1);
}

/** `/api/v1`: every act at its address, for whoever has the session's cookie. */
export function apiRoutes({ acts, holds, confirmation, limits }: ApiDeps): Router {
  const router = Router();
  // Pages need not be compared with every act.
  router.use((req, _res, next) => next(isForApi(req) ? undefined : 'router'));
  const guard = signedInOnly(holds);
  const confirmedOnly: RequestHandler = (req, _res, next) => {
    if (!confirmation.isRecent(req))
      throw new Problem(
        403,
        'confirm',
        message('web.api.confirm', { address: PREFIX + sitePathsOf(req).confirm }),
      );
    next();
  };
  const before = (act: AnyAct): RequestHandler[] => [
    guard,
    ...(methodOf(act) === 'post' ? [csrfHeader()] : []),
    ...(act.limits ?? []).map((limit) => limitByMember(limits, () => limit)),
    ...(act.confirmed ? [confirmedOnly] : []),
    ...(methodOf(act) === 'post' ? readBody(act) : []),
  ];

  for (const [feature, mine] of Object.entries(acts)) {
    const routes = Router();
    for (const act of mine) routes[methodOf(act)](pathOf(act), ...before(act), perform(act, confirmation));
    router.use(belongsTo(feature, routes));
  }
  const session = Router().get(`${PREFIX}/session`, guard, (req, res) => {
    res.json({ username: req.session.username, csrfToken: csrfToken(req) });
  });
  router.use(belongsTo('api', session));

  const methods = new Map([[`${PREFIX}/session`, ['GET', 'HEAD']]]);
  for (const act of Object.values(acts).flat()) {
    const more = methodOf(act) === 'get' ? ['GET', 'HEAD'] : ['POST'];
    methods.set(pathOf(act), [...(methods.get(pathOf(act)) ?? []), ...more]);
  }
  for (const [path, allowed] of methods) router.all(path, (_req, res) => refuseMethod(res, allowed));
  router.use(PREFIX, () => {
    throw new Problem(404, 'not-found', message('web.api.nothing'));
  });
  return router;
}
