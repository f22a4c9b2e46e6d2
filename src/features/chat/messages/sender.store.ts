import type { Clock } from '../../../kernel/clock.ts';
import { isDbDown } from '../../../platform/stores/db.ts';
import { sendPolicy } from '../policy.ts';
import type { Send, SendStore, SentRow } from './send.store.ts';

interface Waiting {
  send: Send;
  resolve: (row: SentRow) => void;
  reject: (why: unknown) => void;
}

/** What is sent while others are being stored is stored together with all that waits: a commit costs the same for one as for many. */
export function createSender(store: SendStore, clock: Clock) {
  const waiting: Waiting[] = [];
  let storing = 0;

  const storeSome = async (some: readonly Waiting[]): Promise<void> => {
    const rows = await store.store(
      some.map(({ send }) => send),
      clock.now(),
    );
    for (const [n, { resolve }] of some.entries()) resolve(rows[n]!);
  };

  /** What one of them cannot do, the others must not suffer from. */
  const storeEach = (some: readonly Waiting[]): Promise<unknown> =>
    Promise.all(some.map((one) => storeSome([one]).catch((err: unknown) => one.reject(err))));

  const storeNext = async (): Promise<void> => {
    storing++;
    while (waiting.length > 0) {
      const some = waiting.splice(0, sendPolicy.mostAtOnce);
      await storeSome(some).catch((err: unknown) => {
        if (!isDbDown(err) && some.length > 1) return storeEach(some);
        for (const { reject } of some) reject(err);
        return undefined;
      });
    }
    storing--;
  };

  /** Answers once it is committed. */
  return (send: Send): Promise<SentRow> =>
    new Promise((resolve, reject) => {
      waiting.push({ send, resolve, reject });
      if (storing < sendPolicy.statements) void storeNext();
    });
}

export type Sender = ReturnType<typeof createSender>;
