import type { Clock } from '../../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import { done, type Outcome, type Refusal, refused } from '../../../kernel/outcome.ts';
import { usernameKeyOf } from '../../../kernel/username.ts';
import { type Limited, type Limits, orRelease } from '../../../platform/limits/limits.ts';
import type { Queue } from '../../../platform/queue/queue.ts';
import type { Log } from '../../../platform/watching/log.ts';
import { reportPolicy } from '../policy.ts';
import { outside, reasonsOfChildren, type ReportReason } from './reasons.ts';
import type { ReportJob } from './reports.service.ts';
import type { ReportStore } from './reports.store.ts';

export interface OutsideInput {
  who: string;
  reason: ReportReason;
  text: string;
  email: string | null;
}

interface OutsideDeps {
  store: ReportStore;
  limits: Limits;
  queue: Queue<ReportJob>;
  clock: Clock;
  random: Random;
  log: Log;
}

/** A username, as it is written or in the address of a page: "@mika", "https://…/people/mika?x". */
function nameIn(who: string): string {
  const path = who.split(/[?#]/)[0]!;
  const inPath = /\/(?:people|chats)\/([^/]+)/.exec(path)?.[1];
  const [last = ''] = path.split('/').filter(Boolean).slice(-1);
  return usernameKeyOf((inPath ?? last).replace(/^["'“”‘’«»]+|["'“”‘’«».,;:!?]+$/gu, '')) ?? '';
}

export type Outside = ReturnType<typeof createOutside>;

/** Reports by people without an account. Answers the same, whoever is named. */
export function createOutside({ store, limits, queue, clock, random, log }: OutsideDeps) {
  return {
    async report(
      network: Limited,
      { who, reason, text, email }: OutsideInput,
    ): Promise<Outcome<undefined, Refusal<'too-often', { retryInMs: number }>>> {
      const isOfChild = reasonsOfChildren.includes(reason);
      const allowed = await limits.take([
        network,
        // A flood of others keeps nobody from telling of a child.
        {
          key: isOfChild ? 'outside-reports-of-children' : 'outside-reports-site',
          rules: reportPolicy.perSite,
        },
      ]);
      if (!allowed.ok) return refused('too-often', { retryInMs: allowed.waitMs });
      return orRelease([allowed], async () => {
        const now = clock.now();
        const [id, name] = [uuidv7(now, random), nameIn(who)];
        const named = { kind: outside, about: who, thing: `${outside}:${name || who}` };
        await store.fileOutside({ id, ...named, reason, text, contactEmail: email }, name, now);
        await queue
          .add(id, { reportId: id })
          .catch((err: unknown) => log.warn({ err }, 'a report waits to be told of'));
        return done();
      });
    },
  };
}
