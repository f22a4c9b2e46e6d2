import type { RequestHandler } from 'express';

/** Other addresses hold names ("/people/ann", "/login?next=/people/ann") or secrets. */
export function findableOnly(paths: readonly string[]): RequestHandler {
  const findable = new Set(paths);
  return (req, res, next) => {
    if (!findable.has(req.url)) res.set('X-Robots-Tag', 'noindex');
    next();
  };
}
