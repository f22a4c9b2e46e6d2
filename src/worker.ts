import { readConfig } from './config/config.ts';
import { openHouse } from './house.ts';
import { exitOnConfigError, onSignal } from './process.ts';

const config = exitOnConfigError(() => readConfig(process.env));
const house = await openHouse(config);
await house.startJobs();
house.log.info('worker started');

onSignal(house.log, () => house.close());
