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

const DRAIN = 8_000; // milliseconds for requests in hand

/** Milliseconds: loading dictionaries takes a core for seconds, and a new process has people waiting. */
const WARM_AFTER = 5_000;

/** In a cluster the first process serves the metrics of all. */
async function openMetrics(registry: Registry, config: Config): Promise<void> {
  if (cluster.isWorker) answerClusterMetrics(registry);
  else await serveMetrics(ownMetrics(registry), { port: config.metricsPort!, host: config.host });
}

export async function serve(config: Config, traces: Traces): Promise<void> {
  const house = await openHouse(config, {}, traces);
  if (config.worker === 'inline') await house.startJobs();
  if (house.metrics) await openMetrics(house.metrics, config);

  const server = createHttpServer(house.app, serverLimits, { proxied: config.trustedProxyHops > 0 });
  house.sockets.attach(server);
  exitWithoutPort(server, config.port, 'PORT');
  server.listen({ port: config.port, ...(config.host ? { host: config.host } : {}) }, () =>
    house.log.info({ port: config.port }, 'listening'),
  );
  const warming = setTimeout(() => house.warm(), WARM_AFTER);

  onSignal(house.log, async () => {
    clearTimeout(warming);
    house.beginClosing();
    // `/health/ready` says 503 meanwhile, so that no more people are sent here.
    await pause(config.drainDelay);
    const closed = new Promise((resolve) => server.close(resolve));
    await house.sockets.close();
    // Idle keep-alive connections would hold the server open.
    server.closeIdleConnections();
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN - config.drainDelay);
    await closed;
    clearTimeout(timer);
    await house.close();
    await traces.close();
  });
}
