import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../src/config/config.ts';
import { openHouse } from '../src/house.ts';
import { createHttpServer, serverLimits } from '../src/http-server.ts';
import type { Mailer } from '../src/platform/messages/delivery.ts';
import { createLog } from '../src/platform/watching/log.ts';
import { createTestClock } from '../tests/support/clock.ts';
import { productionOn } from './environment.ts';
import { settings } from './settings.ts';

/**
 * The site as production runs it, in a process of its own; only its clock is in our hand, and its letters go nowhere.
 * Says on which port it listens; each number that it is sent are milliseconds that have gone by.
 */

// Nobody is left to talk to.
process.once('disconnect', () => process.exit());

/** As long as a mail server nearby takes. */
function handOver() {
  return pause(3);
}
const mailer: Mailer = { send: handOver, ready: handOver };
const { databaseUrl, redisUrl } = settings;
const config = readConfig(productionOn({ databaseUrl, redisUrl, smtpUrl: 'smtp://127.0.0.1:9' }));
const clock = createTestClock();
const house = await openHouse(config, { clock, mailer, log: createLog('silent') });
await house.startJobs();
// Its connections stay open as long as those of production: the load keeps its own between two bursts.
const server = createHttpServer(house.app, serverLimits, { proxied: true });
house.sockets.attach(server);
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
process.on('message', (ms: number) => {
  clock.pass(ms);
  process.send!('passed');
});
