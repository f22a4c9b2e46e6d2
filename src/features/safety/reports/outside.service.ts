import type { Clock } from '../../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import { done, type Outcome, type Refusal, refused } from '../../../kernel/outcome.ts';
import { decimalDigits, withoutInvisible } from '../../../kernel/text/typed.ts';
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

/** Longer than any address of a page with a name in it. */
const mostNames = 20;

/**
 * What may be the username of whom they mean, the likeliest first: in the address of a page ("https://…/people/mika?x"),
 * with a sign ("@mika"), after a label ("username: mika"), or alone. Other words are no names: somebody may be called so.
 */
function namesIn(who: string): string[] {
  const text = decimalDigits(withoutInvisible(who).normalize('NFKC')).trim();
  const inPaths = [...text.matchAll(/\/(?:people|chats)\/([^/?#\s]+)/g)].map(([, name]) => name!);
  const signed = [...text.matchAll(/@([a-z0-9_.]+)/gi)].map(([, name]) => name!.replace(/\.+$/, ''));
  const alone = /^(?:\S+:)?\s*(\S+)$/.exec(text)?.[1] ?? '';
  const last = alone.split(/[?#]/)[0]!.split('/').findLast(Boolean) ?? '';
  const bare = last.replace(/^["'“”‘’«»]+|["'“”‘’«».,;:!?]+$/gu, '');
  const names = [...inPaths, ...signed, bare].map(usernameKeyOf).filter((name) => name !== null);
  return [...new Set(names)].slice(0, mostNames);
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
        const id = uuidv7(now, random);
        await store.fileOutside(
          { id, kind: outside, about: who, reason, text, contactEmail: email },
          namesIn(who),
          now,
        );
        await queue
          .add(id, { reportId: id })
          .catch((err: unknown) => log.warn({ err }, 'a report waits to be told of'));
        return done();
      });
    },
  };
}
