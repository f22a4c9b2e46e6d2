import { readConfig } from './config/config.ts';
import { ownMetrics, serveMetrics } from './metrics-server.ts';
import { openHouse } from './house.ts';
import { exitOnConfigError, onSignal } from './process.ts';

const config = exitOnConfigError(() => readConfig(process.env));
const house = await openHouse(config);
await house.startJobs();
if (house.metrics)
  await serveMetrics(ownMetrics(house.metrics), { port: config.metricsPort!, host: config.host });
house.log.info('worker started');

onSignal(house.log, () => house.close());
