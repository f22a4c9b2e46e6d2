import type { Request, RequestHandler } from 'express';

/** Visitors are sent to sign in, and come back to the page they wanted. */
export const signedInOnly: RequestHandler = (req, res, next) => {
  if (req.session.userId) return next();
  const back = req.method === 'GET' ? `?next=${encodeURIComponent(req.originalUrl)}` : '';
  res.redirect(303, `/login${back}`);
};

/** Signed-in people have no use for the front door. */
export const visitorsOnly: RequestHandler = (req, res, next) => {
  if (!req.session.userId) return next();
  res.redirect(303, '/profile');
};

/** The id of the signed-in person; only behind `signedInOnly`. */
export const signedInId = (req: Request): string => {
  if (!req.session.userId) throw new Error('signedInId needs signedInOnly before it');
  return req.session.userId;
};
