import { randomUUID } from 'node:crypto';
import type { Config } from './config/config.ts';
import type { Clock } from './kernel/clock.ts';
import type { Random } from './kernel/ids.ts';
import { htmlOfHints } from './live/html.ts';
import { createGate } from './live/gate.ts';
import { createHub } from './live/hub.ts';
import type { Live } from './live/live.ts';
import { createLiveServer, type LiveServer } from './live/server.ts';
import type { Log } from './platform/watching/log.ts';
import type { Metrics } from './platform/watching/metrics.ts';
import type { openStores } from './stores.ts';
import type { Site } from './web/mount.ts';
import { createHosts } from './web/request/hosts.ts';
import type { VersionsOf } from './web/session/guards.ts';
import { sessions } from './web/session/session.ts';
import type { Views } from './web/views/views.ts';
import type { Catalogues } from './web/words/catalogues.ts';

export type { LiveServer } from './live/server.ts';

interface OpenLiveDeps {
  config: Config;
  stores: Awaited<ReturnType<typeof openStores>>;
  views: Views;
  catalogues: Catalogues;
  clock: Clock;
  random: Random;
  log: Log;
  metrics: Metrics;
  site: () => Site;
}

/** `live` is there before the features, its server after them. */
export function openLive(deps: OpenLiveDeps): { live: Live; serve: (versionsOf: VersionsOf) => LiveServer } {
  const { config, stores, views, catalogues, clock, random, log, metrics, site } = deps;
  const { broadcast, sessionStore } = stores;
  const dress = htmlOfHints({ hints: () => site().hints, views, clock, log });
  const hub = createHub({ broadcast, id: randomUUID(), dress, metrics, log });
  sessionStore.onEnd = (userId, sids) => hub.live.end(userId, { sessions: sids }, 'signed-out');

  const { publicUrl, trustedProxyHops, sessionSecret: secret } = config;
  const secure = publicUrl.protocol === 'https:';
  const handlers = sessions({
    ...stores.sessions,
    secret,
    secure,
    clock,
    // A handshake stores nothing.
    answerUnstored: () => {},
    onUnsaved: () => {},
  });
  return {
    live: hub.live,
    serve: (versionsOf) =>
      createLiveServer({
        hub,
        versionsOf,
        random,
        metrics,
        clock,
        log,
        acts: Object.values(site().acts).flat(),
        limits: stores.limits,
        isDown: stores.isDown,
        openOf: (sids) => sessionStore.openOf(sids),
        checkBroadcast: () => broadcast.check(),
        gate: (open, isClosing) =>
          createGate({
            express: { views, catalogues, paths: site().paths, trustedProxyHops, secure },
            hosts: createHosts(publicUrl, config.production),
            sessions: handlers,
            open,
            isClosing,
          }),
      }),
  };
}
