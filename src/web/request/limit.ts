import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { durationOf } from '../../kernel/duration.ts';
import { tooOften } from '../../kernel/errors.ts';
import { message, type Message } from '../../kernel/message.ts';
import type { Limited, Limits, WindowRule } from '../../platform/limits/limits.ts';
import { addressKeys, WIDER_HAS } from './client-address.ts';
import { isSafe } from './methods.ts';

/** `member` is the request's id, by which `releasePlaces` finds it. */
export function perAddress(name: string, req: Request, rules: readonly WindowRule[]): Limited {
  const { own, wider } = addressKeys(req.ip);
  const member = req.id;
  const limited = { key: `${name}:${own}`, rules, member };
  if (wider === null) return limited;
  const more = rules.map(({ window, max }) => ({ window, max: max * WIDER_HAS }));
  return { ...limited, wider: { key: `${name}:${wider}`, rules: more, member } };
}

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

/** What one session may send; all that name one limit share it. */
export interface MemberLimit {
  name: string;
  rules: readonly WindowRule[];
}

/** Than a session, or a stolen one would use up what its owner needs to end it. */
const ACCOUNT_HAS = 5;

export function perSession(
  { name, rules }: MemberLimit,
  { sessionId, userId }: { sessionId: string; userId: string },
): Limited {
  const hashed = createHash('sha256').update(sessionId).digest('base64url').slice(0, 22); // 132 bits
  const more = rules.map(({ window, max }) => ({ window, max: max * ACCOUNT_HAS }));
  return {
    key: `${name}:session:${hashed}`,
    rules,
    wider: { key: `${name}:${userId}`, rules: more },
  };
}

/** Only what changes something; 429 when full. */
export function limitByMember(
  limits: Limits,
  limitOf: (req: Request) => MemberLimit | undefined,
): RequestHandler {
  return async (req, _res, next) => {
    const { userId } = req.session;
    const limit = isSafe(req.method) || !userId ? undefined : limitOf(req);
    if (!limit || !userId) return next();
    const taken = await limits.take([perSession(limit, { sessionId: req.sessionID, userId })]);
    if (!taken.ok) throw tooOften(message('web.limit.changes'), taken.waitMs / 1000);
    return next();
  };
}

/** 429 with `Retry-After`; how long to wait. */
export function setRetryAfter(res: Response, waitMs: number): Message {
  const wait = Math.ceil(waitMs / 1000);
  res.status(429).set('Retry-After', String(wait));
  return durationOf(wait);
}

export function tooManyFromNetwork(waitMs: number): Message {
  return message('web.error.textAndRetry', {
    text: message('web.limit.network'),
    wait: durationOf(waitMs / 1000),
  });
}

/** 429 when full; forms are shown again by the route's `onRefusedForm`. */
export function limitByAddress(limits: Limits, name: string, rules: readonly WindowRule[]): RequestHandler {
  return async (req, _res, next) => {
    const taken = await limits.take([perAddress(name, req, rules)]);
    if (!taken.ok) throw tooOften(message('web.limit.network'), taken.waitMs / 1000);
    next();
  };
}
