import type { Request, RequestHandler, Response } from 'express';
import { AppError } from '../../kernel/errors.ts';
import { message } from '../../kernel/message.ts';

export function isSafe(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method);
}

/** 405 with `Allow`. */
export function refuseMethod(res: Response, allowed: readonly string[]): never {
  res.set('Allow', allowed.join(', '));
  throw new AppError(405, message('web.request.method'));
}

/** Stands after a path's routes. */
export function onlyMethods(...methods: ['GET'] | ['GET', 'POST']): RequestHandler {
  const allowed = methods.flatMap((m) => (m === 'GET' ? ['GET', 'HEAD'] : [m]));
  return (_req, res) => refuseMethod(res, allowed);
}

/** GET leads to `page`: people reload a refused form's address, or bookmark it. */
export function onlyPost(page: string | ((req: Request) => string)): RequestHandler {
  return (req: Request, res) => {
    if (req.method === 'GET' || req.method === 'HEAD')
      return res.redirect(303, typeof page === 'string' ? page : page(req));
    return refuseMethod(res, ['POST']);
  };
}
