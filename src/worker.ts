import { readConfig } from './config/config.ts';
import { ownMetrics, serveMetrics } from './metrics-server.ts';
import { exitOnConfigError, onSignal } from './process.ts';
import { openTraces } from './traces.ts';

const config = exitOnConfigError(() => readConfig(process.env));
const traces = await openTraces(config, 'chatlink-worker');
const { openHouse } = await import('./house.ts');
const house = await openHouse(config, {}, traces);
await house.startJobs();
if (house.metrics)
  await serveMetrics(ownMetrics(house.metrics), { port: config.metricsPort!, host: config.host });
house.log.info('worker started');

onSignal(house.log, async () => {
  await house.close();
  await traces.close();
});
