import { Router } from 'express';
import { onlyMethods } from '../../web/request/methods.ts';

/** Crawlers must read pages to see `noindex`: developers.google.com/search/docs/crawling-indexing/block-indexing */
const robots = 'User-agent: *\nDisallow:\n';

export function robotRoutes(): Router {
  const router = Router();
  router.get('/robots.txt', (_req, res) => res.type('text/plain').send(robots));
  router.all('/robots.txt', onlyMethods('GET'));
  // For password managers: https://w3c.github.io/webappsec-change-password-url/
  router.get('/.well-known/change-password', (_req, res) => res.redirect(303, '/settings/password'));
  router.all('/.well-known/change-password', onlyMethods('GET'));
  return router;
}
