import { randomInt } from 'node:crypto';
import net from 'node:net';

/** Whether this machine can listen there now. Without a host: on all addresses, as the site does. */
export function isFree(port, host) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Whether somebody answers there: macOS lets two listen on one port when one of them named an address. */
export function answers(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host });
    const end = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(1_000, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

/**
 * A free loopback port below the range from which systems take outgoing ports (32768 on Linux, 49152 on macOS): a
 * client that keeps trying a stopped server in that range can end up connected to itself and hold the port for good.
 */
export async function freePort() {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    if (await isFree(port, '127.0.0.1')) return port;
  }
}
