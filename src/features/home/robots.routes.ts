import { Router } from 'express';
import { onlyMethods } from '../../web/request/methods.ts';

/** Crawlers must read pages to see `noindex`: developers.google.com/search/docs/crawling-indexing/block-indexing */
const robots = 'User-agent: *\nDisallow:\n';

export function robotRoutes(): Router {
  const router = Router();
  router.get('/robots.txt', (_req, res) => res.type('text/plain').send(robots));
  router.all('/robots.txt', onlyMethods('GET'));
  return router;
}
