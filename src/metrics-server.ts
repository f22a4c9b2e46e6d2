import type { Server } from 'node:http';
import type { Registry } from 'prom-client';
import { createHttpServer, serverLimits } from './http-server.ts';
import { exitWithoutPort } from './process.ts';
import { type MetricsSource, metricsListener } from './web/metrics.ts';

export function ownMetrics(registry: Registry): MetricsSource {
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

/** On a port of its own, which no proxy leads to. Resolves when it listens. */
export async function serveMetrics(
  source: MetricsSource,
  { port, host }: { port: number; host: string | null },
): Promise<Server> {
  const server = createHttpServer(metricsListener(source), { ...serverLimits, maxConnections: 50 });
  exitWithoutPort(server, port, 'METRICS_PORT');
  await new Promise<void>((resolve) => {
    server.listen({ port, ...(host ? { host } : {}) }, resolve);
  });
  return server;
}
