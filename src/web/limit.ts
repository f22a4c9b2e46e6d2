import type { Request, RequestHandler } from 'express';
import { tooOften } from '../kernel/errors.ts';
import type { Limited, Limits, WindowRule } from '../platform/limits.ts';
import { addressKey } from './client-address.ts';
import { isSafe } from './methods.ts';

/** One limit for each client address, under a name. */
export const perAddress = (name: string, req: Request, rules: readonly WindowRule[]): Limited => ({
  key: `${name}:${addressKey(req.ip)}`,
  rules,
});

/** Counts what signed-in people change against their account; 429 when it is full. Pages are not counted. */
export const limitByMember =
  (limits: Limits, name: string, rules: readonly WindowRule[]): RequestHandler =>
  async (req, _res, next) => {
    const { userId } = req.session;
    if (isSafe(req.method) || !userId) return next();
    const taken = await limits.take([{ key: `${name}:${userId}`, rules }]);
    if (!taken.ok) throw tooOften('You have changed very much in a short time.', taken.waitMs / 1000);
    return next();
  };

/** Counts every request of a route against the client's address; 429 when it is full. */
export const limitByAddress =
  (limits: Limits, name: string, rules: readonly WindowRule[]): RequestHandler =>
  async (req, _res, next) => {
    const taken = await limits.take([perAddress(name, req, rules)]);
    if (!taken.ok) throw tooOften('There were too many requests from your network.', taken.waitMs / 1000);
    next();
  };
