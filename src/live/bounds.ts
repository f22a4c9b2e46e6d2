import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { createBucket } from './bucket.ts';
import type { Connection } from './connection.ts';
import { livePolicy } from './policy.ts';

/** A connection as the library has it, and the WebSocket under it. */
export interface RawConnection extends EventEmitter {
  request: { socket: Duplex };
  transport: { socket?: EventEmitter };
}

/** Whatever comes is counted, and whatever is not sent yet: the library would keep it for whoever doesn't read. */
export function boundConnection(connection: Connection, raw: RawConnection): void {
  const stream = raw.request.socket;
  const permits = createBucket(livePolicy.frames);
  let queued = 0;
  const count = (): void => {
    if (!permits()) connection.end('too-many');
  };
  const weigh = (): void => {
    if (queued + stream.writableLength > livePolicy.unsentBytes) connection.drop('slow');
  };
  raw.on('packet', ({ data }: { data?: unknown }) => {
    if (data !== undefined && typeof data !== 'string') connection.end('binary');
    else count();
  });
  // Each is answered, below the library.
  raw.transport.socket?.on('ping', () => {
    count();
    weigh();
  });
  raw.on('packetCreate', ({ data }: { data?: string }) => {
    queued += data?.length ?? 0;
    weigh();
  });
  // From here on the stream has it.
  raw.on('flush', () => (queued = 0));
  // The library would wait half a minute for the last frame of whoever doesn't answer.
  raw.once('close', () => void setTimeout(() => stream.destroy(), livePolicy.closeWithin).unref());
}
