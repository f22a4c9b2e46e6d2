import { createServer } from 'node:http';
import { readConfig } from './config/config.ts';
import { openHouse } from './house.ts';
import { minutes, seconds } from './kernel/clock.ts';
import { exitOnConfigError, onSignal } from './process.ts';

/** How long requests in hand may take to finish once we were asked to stop, in milliseconds. */
const DRAIN = 8_000;

const config = exitOnConfigError(() => readConfig(process.env));
const house = await openHouse(config);
if (config.worker === 'inline') await house.startJobs();

// A picture of 10 MB takes two minutes at 700 kbit/s, which a phone far from its mast has; no slower sender may hold a
// connection.
const server = createServer({ headersTimeout: seconds(10), requestTimeout: minutes(2) }, house.app);
server.on('error', (err: NodeJS.ErrnoException) => {
  console.error(
    err.code === 'EADDRINUSE' ? `Port ${config.port} is in use. Set PORT to another one.` : err.message,
  );
  process.exit(1);
});
server.listen({ port: config.port, ...(config.host ? { host: config.host } : {}) }, () =>
  house.log.info({ port: config.port }, 'listening'),
);

onSignal(house.log, async () => {
  house.beginClosing();
  const closed = new Promise((resolve) => server.close(resolve));
  // Keep-alive connections that carry no request would hold the server open.
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN);
  await closed;
  clearTimeout(timer);
  await house.close();
});
