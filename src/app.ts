import type { Express } from 'express';
import type { Config } from './config/config.ts';
import { serverLimits } from './http-server.ts';
import type { Clock } from './kernel/clock.ts';
import { servedKey } from './platform/media/media-keys.ts';
import type { MediaStore } from './platform/media/media-store.ts';
import type { Texter } from './platform/messages/delivery.ts';
import type { Ask } from './platform/stores/question.ts';
import type { Metrics } from './platform/watching/metrics.ts';
import { duringRequest } from './platform/watching/request-id.ts';
import type { Assets } from './web/assets/assets.ts';
import { type ApiDeps, apiRoutes } from './web/api.ts';
import { errorHandler, notFound } from './web/error-handler.ts';
import { createExpress, type ExpressOptions } from './web/express.ts';
import { formBodies } from './web/forms/body.ts';
import { csrfCheck, csrfTokens, sameSiteOnly } from './web/forms/csrf.ts';
import { onDuplicateSubmit, onRefusedForm } from './web/forms/expired-forms.ts';
import { endLateBodies } from './web/forms/late-bodies.ts';
import { type Health, healthRoutes } from './web/health.ts';
import { mediaRoutes } from './web/media.ts';
import type { Site } from './web/mount.ts';
import { boundRequests } from './web/request/connections.ts';
import { findableOnly } from './web/request/findable.ts';
import { createHosts } from './web/request/hosts.ts';
import { limitByMember } from './web/request/limit.ts';
import { requestLog } from './web/request/request-log.ts';
import { securityHeaders } from './web/request/security-headers.ts';
import { belongsTo } from './web/routes.ts';
import { createEndedLately } from './web/session/ended-lately.ts';
import { type SessionOptions, sessions } from './web/session/session.ts';
import { siteLocals } from './web/views/site-locals.ts';

interface AppDeps extends Health, Omit<ApiDeps, 'acts'>, Pick<ExpressOptions, 'views' | 'catalogues'> {
  config: Config;
  site: Site;
  assets: Assets;
  sessions: Pick<SessionOptions, 'store' | 'policy'>;
  /** Whether the site is https. */
  secure: boolean;
  isDown: (err: unknown) => boolean;
  texter: Texter | null;
  media: MediaStore;
  ask: Ask;
  clock: Clock;
  metrics: Metrics;
}

/** The life of a request, from top to bottom. */
export function createApp(deps: AppDeps): Express {
  const { config, site, views, catalogues, assets, limits, secure, clock, log, metrics } = deps;
  const hosts = createHosts(config.publicUrl, config.production);
  const endedLately = createEndedLately(deps.sessions.store, secure);
  const answerError = errorHandler(deps.isDown, log);
  const { trustedProxyHops } = config;
  const navFacts = site.navFactsBy(deps.ask);
  const app = createExpress({ views, catalogues, paths: site.paths, navFacts, trustedProxyHops, secure });

  app.use(requestLog(log, metrics, duringRequest), endLateBodies, securityHeaders(secure, site.permissions));
  app.use(
    siteLocals({
      name: 'ChatLink',
      ...assets.names,
      mobileOffered: deps.texter !== null,
      publicUrl: config.publicUrl.origin,
      ...site.frame,
    }),
  );
  app.use(belongsTo('health', healthRoutes(deps)), hosts.check);
  app.use(boundRequests(serverLimits.maxPerAddress), assets.handler, findableOnly(site.findable));
  app.use(sameSiteOnly(hosts.isOurOrigin), formBodies(site.boundsOf));
  app.use(
    sessions({
      ...deps.sessions,
      secret: config.sessionSecret,
      secure,
      clock,
      answerUnstored: (err, req, res) => void answerError(err, req, res, () => {}),
      onUnsaved: (err, req) => log.warn({ id: req.id, err }, 'a session could not be stored'),
    }),
  );
  const checks = [csrfCheck(), limitByMember(limits, site.limitOf)];
  app.use(csrfTokens(), apiRoutes({ ...deps, acts: site.acts }));
  const media = mediaRoutes({ ...deps, kinds: site.media, readKey: servedKey });
  app.use(site.fileForms(checks), checks, site.pages, belongsTo('media', media), notFound);
  app.use(onDuplicateSubmit(site.rulesOf, endedLately), onRefusedForm(site.rulesOf), answerError);
  return app;
}
