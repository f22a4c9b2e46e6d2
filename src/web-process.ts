import type { Config } from './config/config.ts';
import { openHouse } from './house.ts';
import { createHttpServer } from './http-server.ts';
import { onSignal } from './process.ts';

/** How long requests in hand may take to finish once we were asked to stop, in milliseconds. */
const DRAIN = 8_000;

/** Opens the house and serves it until a signal comes. */
export const serve = async (config: Config): Promise<void> => {
  const house = await openHouse(config);
  if (config.worker === 'inline') await house.startJobs();

  const server = createHttpServer(house.app);
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
};
