import express, { type Express } from 'express';
import type { Config } from './config/config.ts';
import { type PrivacyCore, privacyPages } from './features/privacy/index.ts';
import { type AuthDeps, authRoutes, sessionPolicy } from './features/auth/index.ts';
import { type PictureCore, pictureForms, picturePages, uploadActs } from './features/pictures/index.ts';
import { changesPolicy, profileFormBounds, profilePages } from './features/profile/index.ts';
import { serverLimits } from './http-server.ts';
import type { UploadTurns } from './platform/pictures/upload-turns.ts';
import type { Db } from './platform/stores/db.ts';
import type { Log } from './platform/watching/log.ts';
import type { Metrics } from './platform/watching/metrics.ts';
import { duringRequest } from './platform/watching/request-id.ts';
import type { Assets } from './web/assets/assets.ts';
import { apiRoutes } from './web/api.ts';
import { chain, where } from './web/chain.ts';
import { errorHandler, notFound } from './web/error-handler.ts';
import { formBodies } from './web/forms/body.ts';
import { csrfCheck, csrfTokens, sameSiteOnly } from './web/forms/csrf.ts';
import { onDuplicateSubmit } from './web/forms/expired-forms.ts';
import { fileForms } from './web/forms/file-forms.ts';
import { endLateBodies } from './web/forms/late-bodies.ts';
import { type Health, healthRoutes } from './web/health.ts';
import { boundRequests } from './web/request/connections.ts';
import { hostCookie } from './web/request/cookies.ts';
import { findableOnly } from './web/request/findable.ts';
import { createHosts } from './web/request/hosts.ts';
import { limitByMember } from './web/request/limit.ts';
import { requestLog } from './web/request/request-log.ts';
import { securityHeaders } from './web/request/security-headers.ts';
import type { Site } from './web/mount.ts';
import { isForApi } from './web/problem.ts';
import { belongsTo } from './web/routes.ts';
import { claimedSessionId, sessions } from './web/session/session.ts';
import { siteLocals } from './web/views/site-locals.ts';
import { installViews, type Views } from './web/views/views.ts';

interface AppDeps extends Omit<AuthDeps, 'secret' | 'secure'>, Health {
  config: Config;
  db: Db;
  log: Log;
  metrics: Metrics;
  views: Views;
  assets: Assets;
  pictures: PictureCore;
  privacy: PrivacyCore;
  uploadTurns: UploadTurns;
  isStoreDown: (err: unknown) => boolean;
  /** Whether messages stay at home. */
  hasOutbox: boolean;
  site: Site;
}

/** The life of a request, from top to bottom. */
export function createApp(deps: AppDeps): Express {
  const { config, log, views, assets, core, site } = deps;
  const https = config.publicUrl.protocol === 'https:';
  const hosts = createHosts(config.publicUrl, config.production);
  const app = express();

  app.disable('x-powered-by');
  // Pages are `no-store`: nobody keeps one to ask about. Files have tags of their own.
  app.disable('etag');
  app.set('trust proxy', config.trustedProxyHops);
  // What browsers use is decided by PUBLIC_URL, not by a header: cookies are Secure wherever the site is https.
  Object.defineProperty(app.request, 'protocol', { configurable: true, value: https ? 'https' : 'http' });
  installViews(app, views);

  const answerError = errorHandler(deps.isStoreDown, log);
  const auth = authRoutes({ ...deps, secret: config.sessionSecret, secure: https });
  const { signedInOnly } = auth;
  const profile = profilePages({ ...core, signedInOnly });
  const uploads = uploadActs({ limits: core.limits, uploadTurns: deps.uploadTurns, pictures: deps.pictures });
  const acts = { pictures: Object.values(uploads), profile: profile.acts };

  const checks = [
    csrfCheck(),
    where(({ path }) => /^\/settings\//i.test(path), limitByMember(core.limits, 'changes', changesPolicy)),
  ];
  const fileForm = pictureForms({ pictures: deps.pictures, acts: uploads, signedInOnly });
  const before = chain(
    requestLog(log, deps.metrics, duringRequest),
    endLateBodies,
    securityHeaders(https),
    siteLocals({
      name: 'ChatLink',
      asset: (logical) => assets.url(logical),
      mobileOffered: core.mobileOffered,
      publicUrl: config.publicUrl.origin,
      outbox: deps.hasOutbox,
    }),
    belongsTo(
      'health',
      where(({ path }) => /^\/health\//i.test(path), healthRoutes(deps)),
    ),
    hosts.check,
    boundRequests(serverLimits.maxPerAddress),
    assets.handler,
    findableOnly([...site.findable, '/sign-up', '/login']),
    sameSiteOnly(hosts.isOurOrigin),
    ...formBodies({ '/settings/profile': profileFormBounds }),
    ...sessions({
      store: deps.sessionStore,
      secret: config.sessionSecret,
      secure: https,
      policy: sessionPolicy,
      clock: core.clock,
      answerUnstored: (err, req, res) => void answerError(err, req, res, () => {}),
      onUnsaved: (err, req) => log.warn({ id: req.id, err }, 'a session could not be stored'),
    }),
    csrfTokens(),
    where(
      isForApi,
      apiRoutes({
        acts,
        holds: auth.holds,
        isConfirmed: auth.reauthentication.isRecent,
        limits: core.limits,
      }),
    ),
    where(({ method }) => method === 'POST', belongsTo('pictures', fileForms(fileForm, checks))),
    ...checks,
  );
  app.use(before);

  // Before the many routes of accounts: a router asks one after the other, and these are the pages people come for.
  app.use(belongsTo('profile', profile.routes));
  app.use(belongsTo('pictures', picturePages({ pictures: deps.pictures, signedInOnly })));
  app.use(belongsTo('auth', auth.routes));
  app.use(belongsTo('privacy', privacyPages({ privacy: deps.privacy, auth, clock: core.clock })));
  for (const pages of site.pages) app.use(pages);

  app.use(notFound);
  app.use(
    onDuplicateSubmit(async (req) => {
      const sid = claimedSessionId(req, hostCookie('sid', https));
      return sid !== null && deps.sessionStore.endedLately(sid);
    }),
  );
  app.use(...auth.expiredForms, ...profile.expiredForms);
  app.use(answerError);
  return app;
}
