import { Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import type { Operator } from '../../kernel/operator.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { Feature } from '../../web/feature.ts';
import { onlyMethods } from '../../web/request/methods.ts';
import { languageReadBy } from '../../web/request/visitor-locale.ts';
import { sitePathsOf } from '../../web/session/site-paths.ts';
import { namesFor } from '../../web/words/names.ts';
import { createCounts, createCountsStore } from '../people/index.ts';
import { landingPage } from './landing.page.ts';
import { robotRoutes } from './robots.routes.ts';

interface HomeDeps {
  db: Db;
  clock: Clock;
  facts: { operator: Operator };
}

/** `/`, for visitors; members are led on. */
export function homeFeature(deps: HomeDeps): Feature {
  return { name: 'home', pages: landingRoutes(deps).use(robotRoutes()), findable: ['/'] };
}

function landingRoutes({ db, clock, facts: { operator } }: HomeDeps): Router {
  const router = Router();
  const countsNow = createCounts({ store: createCountsStore(db), clock });
  router.get('/', async (req, res) => {
    if (req.session.userId) return res.redirect(303, sitePathsOf(req).start);
    const shown = { names: namesFor(req), speak: languageReadBy(req), operator, now: req.arrivedAt };
    return res.render('home/landing', landingPage({ ...shown, counts: await countsNow() }));
  });
  router.all('/', onlyMethods('GET'));
  return router;
}
