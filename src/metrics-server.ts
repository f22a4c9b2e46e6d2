import { createServer, type Server } from 'node:http';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { exitWithoutPort } from './process.ts';
import { type MetricsSource, metricsListener } from './web/metrics.ts';

/** The metrics of this process. */
export const ownMetrics = (registry: Registry): MetricsSource => ({
  contentType: registry.contentType,
  text: () => registry.metrics(),
});

/** The metrics of all web processes, summed up by the one that started them. */
export const clusterMetrics = (): MetricsSource => {
  const registry = new AggregatorRegistry();
  return { contentType: registry.contentType, text: () => registry.clusterMetrics() };
};

/** Lets the process that started this one ask for its metrics. */
export const answerClusterMetrics = (registry: Registry): void => {
  AggregatorRegistry.setRegistries(registry);
  void new AggregatorRegistry();
};

/** `/metrics` on a port of its own, which no proxy leads to. Resolves when it listens. */
export const serveMetrics = async (
  source: MetricsSource,
  { port, host }: { port: number; host: string | null },
): Promise<Server> => {
  const server = createServer(metricsListener(source));
  exitWithoutPort(server, port, 'METRICS_PORT');
  await new Promise<void>((resolve) => {
    server.listen({ port, ...(host ? { host } : {}) }, resolve);
  });
  return server;
};
