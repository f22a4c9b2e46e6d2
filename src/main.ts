import cluster from 'node:cluster';
import { readConfig } from './config/config.ts';
import { clusterMetrics } from './cluster-metrics.ts';
import { serveMetrics } from './metrics-server.ts';
import { logOf } from './platform/watching/log.ts';
import { exitOnConfigError } from './process.ts';
import { supervise } from './supervisor.ts';
import { openTraces } from './traces.ts';

const config = exitOnConfigError(() => readConfig(process.env));
if (config.webConcurrency > 1 && cluster.isPrimary) {
  const { metricsPort: port, host } = config;
  if (port !== null) await serveMetrics(clusterMetrics(), { port, host });
  supervise(config.webConcurrency, logOf(config));
} else {
  const traces = await openTraces(config, 'chatlink-web');
  const { serve } = await import('./web-process.ts');
  await serve(config, traces);
}
