import type { Request, RequestHandler, Response } from 'express';
import { waitInWords } from '../../kernel/clock.ts';
import { tooOften } from '../../kernel/errors.ts';
import type { Limited, Limits, WindowRule } from '../../platform/limits/limits.ts';
import { addressKeys, WIDER_HAS } from './client-address.ts';
import { isSafe } from './methods.ts';

/** One limit for each client address, under a name. The place is the request's, and known by its id. */
export function perAddress(name: string, req: Request, rules: readonly WindowRule[]): Limited {
  const { own, wider } = addressKeys(req.ip);
  const member = req.id;
  const limited = { key: `${name}:${own}`, rules, member };
  if (wider === null) return limited;
  const more = rules.map(({ window, max }) => ({ window, max: max * WIDER_HAS }));
  return { ...limited, wider: { key: `${name}:${wider}`, rules: more, member } };
}

/** Gives the client's address back the places that earlier requests took from these limits. */
export async function releasePlaces(
  limits: Limits,
  req: Request,
  names: readonly string[],
  requestIds: readonly string[],
): Promise<void> {
  const { own, wider } = addressKeys(req.ip);
  const counted = wider === null ? [own] : [own, wider];
  const places = names.flatMap((name) =>
    counted.flatMap((address) => requestIds.map((member) => ({ key: `${name}:${address}`, member }))),
  );
  await limits.release(places);
}

/** Counts what signed-in people change against their account; 429 when it is full. Pages are not counted. */
export function limitByMember(limits: Limits, name: string, rules: readonly WindowRule[]): RequestHandler {
  return async (req, _res, next) => {
    const { userId } = req.session;
    if (isSafe(req.method) || !userId) return next();
    const taken = await limits.take([{ key: `${name}:${userId}`, rules }]);
    if (!taken.ok) throw tooOften("You've changed a lot in a short time.", taken.waitMs / 1000);
    return next();
  };
}

/** Sets status and `Retry-After` of a page that says what has to be waited for, and tells the wait in words. */
export function waitBefore(res: Response, waitMs: number): string {
  const wait = Math.ceil(waitMs / 1000);
  res.status(429).set('Retry-After', String(wait));
  return waitInWords(wait);
}

const tooManyText = 'Too many requests from your network.';

/** The same in one sentence more, for a page that is shown again. */
export function tooManyFromNetwork(waitMs: number): string {
  return `${tooManyText} Please try again in ${waitInWords(waitMs / 1000)}.`;
}

/**
 * Counts every request of a route against the client's address; 429 when it is full. Forms come back by the route's own
 * `onRefusedForm`.
 */
export function limitByAddress(limits: Limits, name: string, rules: readonly WindowRule[]): RequestHandler {
  return async (req, _res, next) => {
    const taken = await limits.take([perAddress(name, req, rules)]);
    if (!taken.ok) throw tooOften(tooManyText, taken.waitMs / 1000);
    next();
  };
}
