import type { Request, RequestHandler } from 'express';
import { AppError } from '../../kernel/errors.ts';

/** Methods that change nothing. */
export function isSafe(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method);
}

function notAllowed(): AppError {
  return new AppError(405, 'Go back and use the links on the page.');
}

/** For the end of the routes of a path that can be read: 405 with `Allow`. HEAD comes with GET. */
export function onlyMethods(...methods: ['GET'] | ['GET', 'POST']): RequestHandler {
  const allow = methods.flatMap((m) => (m === 'GET' ? ['GET', 'HEAD'] : [m])).join(', ');
  return (_req, res) => {
    res.set('Allow', allow);
    throw notAllowed();
  };
}

/**
 * The same for a path that only takes a form. The answer to a form that was refused keeps that address, and people load
 * it again, come back to it or bookmark it: reading it leads to the page that the form stands on.
 */
export function onlyPost(page: string): RequestHandler {
  return ({ method }: Request, res) => {
    if (method === 'GET' || method === 'HEAD') return res.redirect(303, page);
    res.set('Allow', 'POST');
    throw notAllowed();
  };
}
