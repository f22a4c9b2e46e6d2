import type { Server } from 'node:http';
import { ConfigError } from './config/config.ts';
import type { Log } from './platform/watching/log.ts';

export function exitOnConfigError<T>(read: () => T): T {
  try {
    return read();
  } catch (err) {
    if (!(err instanceof ConfigError)) throw err;
    console.error(err.message);
    process.exit(1);
  }
}

/** `setting` is what to change. */
export function exitWithoutPort(server: Server, port: number, setting: string): void {
  server.on('error', (err: NodeJS.ErrnoException) => {
    console.error(
      err.code === 'EADDRINUSE' ? `Port ${port} is in use. Set ${setting} to another one.` : err.message,
    );
    process.exit(1);
  });
}

const PATIENCE = 10_000; // milliseconds for a clean stop; orchestrators kill soon after

/** At SIGTERM or SIGINT; exits with 0, or with 1 when it fails or takes too long. */
export function onSignal(log: Log, close: () => Promise<void>): void {
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error('could not stop in time');
      process.exit(1);
    }, PATIENCE).unref();
    try {
      await close();
      log.info('stopped');
      process.exit(0);
    } catch (err) {
      log.error({ err }, 'could not stop cleanly');
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
}
