import type { Request, RequestHandler } from 'express';
import { AppError } from '../../kernel/errors.ts';

export function isSafe(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method);
}

export function notAllowed(): AppError {
  return new AppError(405, 'Go back and use the links on the page.');
}

/** 405 with `Allow`, after a path's routes. */
export function onlyMethods(...methods: ['GET'] | ['GET', 'POST']): RequestHandler {
  const allow = methods.flatMap((m) => (m === 'GET' ? ['GET', 'HEAD'] : [m])).join(', ');
  return (_req, res) => {
    res.set('Allow', allow);
    throw notAllowed();
  };
}

/** GET leads to `page`: people reload a refused form's address, or bookmark it. */
export function onlyPost(page: string | ((req: Request) => string)): RequestHandler {
  return (req: Request, res) => {
    if (req.method === 'GET' || req.method === 'HEAD')
      return res.redirect(303, typeof page === 'string' ? page : page(req));
    res.set('Allow', 'POST');
    throw notAllowed();
  };
}
