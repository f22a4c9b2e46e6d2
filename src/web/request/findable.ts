import type { RequestHandler } from 'express';

/**
 * Keeps everything out of search engines but the public pages under these paths, as they are without a query: other
 * addresses hold names ("/people/ann", "/login?next=/people/ann") or secrets, redirects and errors included.
 */
export function findableOnly(paths: readonly string[]): RequestHandler {
  const findable = new Set(paths);
  return (req, res, next) => {
    if (!findable.has(req.url)) res.set('X-Robots-Tag', 'noindex');
    next();
  };
}
