import type { RequestHandler } from 'express';
import { AppError } from '../kernel/errors.ts';

/** Methods that change nothing. */
export const isSafe = (method: string): boolean => ['GET', 'HEAD', 'OPTIONS'].includes(method);

/** For the end of a path's routes: 405 with `Allow`. HEAD comes with GET. */
export const onlyMethods = (...methods: ('GET' | 'POST')[]): RequestHandler => {
  const allow = methods.flatMap((m) => (m === 'GET' ? ['GET', 'HEAD'] : [m])).join(', ');
  return (_req, res) => {
    res.set('Allow', allow);
    throw new AppError(405, 'This address does not answer that kind of request.');
  };
};
