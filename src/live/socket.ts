import type { Socket } from 'socket.io';
import type { Metrics } from '../platform/watching/metrics.ts';
import type { Answer, Perform } from './acts.ts';
import { createBucket } from './bucket.ts';
import type { Connection } from './connection.ts';
import { livePolicy } from './policy.ts';
import { forgetRequest } from './upgrades.ts';

interface SocketDeps {
  perform: Perform;
  knows: (act: string) => boolean;
  metrics: Metrics;
}

type Acknowledge = (answer: Answer) => void;

function acknowledgeIn(sent: readonly unknown[]): Acknowledge | null {
  const last = sent.at(-1);
  return typeof last === 'function' ? (last as Acknowledge) : null;
}

function wantsHtml({ handshake }: Socket): boolean {
  return (handshake.auth as { page?: unknown } | undefined)?.page === true;
}

/** Whatever one socket asks for is done in its order, so that two messages are never swapped. */
export function serveSocket(connection: Connection, socket: Socket, deps: SocketDeps): void {
  const { perform, knows, metrics } = deps;
  const permits = createBucket(livePolicy.withoutLimits);
  let [last, waiting]: [Promise<void>, number] = [Promise.resolve(), 0];
  connection.open(socket, wantsHtml(socket));
  forgetRequest(socket);

  const answer = async (name: string, sent: readonly unknown[], acknowledge: Acknowledge): Promise<void> => {
    if (connection.isEnded) return;
    const body = sent.length === 2 ? sent[0] : null;
    const answered = await perform(connection.who, permits, name, body);
    metrics.liveAct(knows(name) ? name : 'unknown', answered.ok ? 'ok' : answered.reason);
    acknowledge(answered);
    if (!answered.ok && answered.reason === 'signed-out') connection.end('signed-out');
  };
  socket.onAny((name: string, ...sent: unknown[]) => {
    const acknowledge = acknowledgeIn(sent);
    if (!acknowledge) return metrics.liveAct(knows(name) ? name : 'unknown', 'unacknowledged');
    if (waiting >= livePolicy.actsWaiting)
      return acknowledge({ ok: false, reason: 'too-often', retryInMs: 1_000 });
    waiting++;
    last = last.then(() => answer(name, sent, acknowledge)).finally(() => waiting--);
    return undefined;
  });
  // Without its namespace it is of no use.
  socket.once('disconnect', () => socket.conn.close());
}
