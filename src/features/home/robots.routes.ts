import { Router } from 'express';
import { onlyMethods } from '../../web/request/methods.ts';

/**
 * Nothing is forbidden: a page that crawlers may not read can still be listed by its address alone, and pages with a name in
 * their address say `noindex` (src/web/request/findable.ts), which only who reads them learns.
 * https://developers.google.com/search/docs/crawling-indexing/block-indexing
 */
const robots = 'User-agent: *\nDisallow:\n';

/** What programs ask every site for. */
export function robotRoutes(): Router {
  const router = Router();
  router.get('/robots.txt', (_req, res) => res.type('text/plain').send(robots));
  router.all('/robots.txt', onlyMethods('GET'));
  // Password managers send people there: https://w3c.github.io/webappsec-change-password-url/
  router.get('/.well-known/change-password', (_req, res) => res.redirect(303, '/settings/password'));
  router.all('/.well-known/change-password', onlyMethods('GET'));
  return router;
}
