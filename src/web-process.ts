import cluster from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import type { Registry } from 'prom-client';
import { answerClusterMetrics } from './cluster-metrics.ts';
import type { Config } from './config/config.ts';
import { openHouse } from './house.ts';
import { createHttpServer, serverLimits } from './http-server.ts';
import { ownMetrics, serveMetrics } from './metrics-server.ts';
import type { Traces } from './platform/watching/traces.ts';
import { exitWithoutPort, onSignal } from './process.ts';

/** How long requests in hand may take to finish once we were asked to stop, in milliseconds. */
const DRAIN = 8_000;

/** Milliseconds until the dictionaries are loaded, which takes a core for seconds: a process that begins has people waiting. */
const WARM_AFTER = 5_000;

/** One of several processes only answers the one that started it, which serves the metrics of all. */
async function openMetrics(registry: Registry, config: Config): Promise<void> {
  if (cluster.isWorker) answerClusterMetrics(registry);
  else await serveMetrics(ownMetrics(registry), { port: config.metricsPort!, host: config.host });
}

/** Opens the house and serves it until a signal comes. */
export async function serve(config: Config, traces: Traces): Promise<void> {
  const house = await openHouse(config, {}, traces);
  if (config.worker === 'inline') await house.startJobs();
  if (house.metrics) await openMetrics(house.metrics, config);

  const server = createHttpServer(house.app, serverLimits, { proxied: config.trustedProxyHops > 0 });
  exitWithoutPort(server, config.port, 'PORT');
  server.listen({ port: config.port, ...(config.host ? { host: config.host } : {}) }, () =>
    house.log.info({ port: config.port }, 'listening'),
  );
  const warming = setTimeout(() => house.warm(), WARM_AFTER);

  onSignal(house.log, async () => {
    clearTimeout(warming);
    house.beginClosing();
    // Whoever asks `/health/ready` meanwhile sends no more people here.
    await pause(config.drainDelay);
    const closed = new Promise((resolve) => server.close(resolve));
    // Keep-alive connections that carry no request would hold the server open.
    server.closeIdleConnections();
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN - config.drainDelay);
    await closed;
    clearTimeout(timer);
    await house.close();
    await traces.close();
  });
}
