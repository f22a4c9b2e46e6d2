import type { Wake } from '../../../events/wake.ts';
import { type Clock, later } from '../../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import type { Queue } from '../../../platform/queue/queue.ts';
import type { JobHandler } from '../../../platform/queue/worker.ts';
import type { Log } from '../../../platform/watching/log.ts';
import type { Reportable } from '../../../web/reportable.ts';
import type { AuthFeature } from '../../auth/index.ts';
import { reportPolicy } from '../../safety/index.ts';
import { deskPolicy } from '../policy.ts';
import { sameWords } from '../signals/signals.ts';
import type { Following, FollowingStore } from './following.store.ts';
import type { Courier } from './courier.ts';

export interface DeskJob {
  decisionId: string;
}

/** Carries out what follows from a decision, and says so in the log where that has to wait. */
export type Follow = (decisionId: string) => Promise<void>;

interface FollowingDeps {
  store: FollowingStore;
  auth: Pick<AuthFeature, 'bans' | 'clearSessions'>;
  reportable: () => ReadonlyMap<string, Pick<Reportable, 'remove' | 'restore'>>;
  /** Lets hellos go that wait for somebody to look at them. */
  releaseHellos: (personId: string, now: Date) => Promise<void>;
  /** Open pages of others follow. */
  over: (personId: string) => Promise<void>;
  courier: Courier;
  wake: Wake;
  queue: Queue<DeskJob>;
  clock: Clock;
  random: Random;
  log: Log;
}

/** After them somebody is nobody to others, or is again. */
const keepsOut: readonly string[] = ['ban', 'suspend', 'age'];

/** What a decision does beyond its row: every step may be done twice, and is told at least once. */
export function createFollowing(deps: FollowingDeps) {
  const { store, auth, reportable, releaseHellos, over, courier, wake, queue, clock, random, log } = deps;

  /** A job of its own each time: what is due is looked up when it runs. */
  const hand = (decisionId: string): Promise<void> => queue.add(uuidv7(clock.now(), random), { decisionId });

  const carryOut = async (d: Following): Promise<void> => {
    const { personId, person, act, isOverturned, caseId, kind, thing } = d;
    if (act === 'ban' && isOverturned) await auth.bans.lift(d.id);
    else if (act === 'ban' && person && personId)
      await auth.bans.ban({ ...person, id: personId }, { caseId, decisionId: d.id });
    if (person && personId) await auth.clearSessions(personId, person.securityVersion);
    if (keepsOut.includes(act) && personId) await over(personId);
    if (act === 'remove' && personId) {
      // A visitor, or the site itself, speaks of a person.
      const one = reportable().get(kind) ?? reportable().get('person');
      const removal = { id: d.id, at: d.at };
      await (isOverturned
        ? one?.restore?.(thing, personId, removal)
        : one?.remove?.(thing, personId, removal));
    }
    if (act === 'dismiss' && !isOverturned && personId && thing.startsWith(sameWords))
      await releaseHellos(personId, clock.now());
    await store.carriedOut(d.id, isOverturned);
  };

  const tell = async (d: Following): Promise<void> => {
    const now = clock.now();
    // Taken back before anybody heard of it; whoever appealed has, on the page.
    if (d.statementDue && d.isOverturned) {
      if (d.appealed) await courier.outcome(d);
      await store.told(d.id, 'statement', now);
      return store.told(d.id, 'outcome', now);
    }
    if (d.statementDue) {
      await courier.statement(d);
      await store.told(d.id, 'statement', now);
    }
    if (d.outcomeDue) {
      await courier.outcome(d);
      await store.told(d.id, 'outcome', now);
    }
    if (d.helpDue) {
      if (d.act === 'help')
        for (const email of await store.addressesOf(d.caseId)) await courier.visitorHelp(email);
      else if (d.personId)
        for (const partner of await store.youngPartnersOf(d.personId, now)) await courier.help(partner);
      await store.told(d.id, 'help', now);
    }
  };

  const handler: JobHandler<DeskJob> = {
    async run({ decisionId }) {
      const d = await store.following(decisionId, clock.now());
      if (!d) return;
      if (!d.carriedOut) await carryOut(d);
      await tell(d);
    },
  };

  const follow: Follow = async (decisionId) => {
    try {
      const d = await store.following(decisionId, clock.now());
      if (d && !d.carriedOut) await carryOut(d);
      // It may have moved somebody into another band.
      if (d?.act === 'age') await wake();
      await hand(decisionId);
    } catch (err) {
      log.warn({ err }, 'a decision has to wait until it is carried out');
    }
  };

  return {
    follow,
    handler,
    async sweep(): Promise<void> {
      const now = clock.now();
      for (const decisionId of await store.due(now)) await hand(decisionId);
      while ((await store.forgetWords(later(now, -reportPolicy.evidenceFor))) === deskPolicy.batch);
      while ((await store.prune(now)) === deskPolicy.batch);
    },
  };
}
