import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import {
  done,
  type Outcome,
  type Refusal,
  refused,
  signedOut,
  type SignedOut,
} from '../../../kernel/outcome.ts';
import { usernameKeyOf } from '../../../kernel/username.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { type Limits, orRelease } from '../../../platform/limits/limits.ts';
import type { Queue } from '../../../platform/queue/queue.ts';
import type { PersonQuestion } from '../../../platform/stores/question.ts';
import type { Log } from '../../../platform/watching/log.ts';
import type {
  Evidence,
  EvidenceOfPerson,
  ProfileRemoval,
  Reportable,
  Reported,
} from '../../../web/reportable.ts';
import { reportPolicy } from '../policy.ts';
import { type EvidenceService, evidenceOf } from './evidence.service.ts';
import type { EvidenceStore } from './evidence.store.ts';
import type { ReportReason } from './reasons.ts';
import type { OwnReport, ReportStore } from './reports.store.ts';

export interface ReportJob {
  reportId: string;
}

/** What features declare. */
export interface Declared {
  reportable: ReadonlyMap<string, Reportable>;
  evidenceOfPerson: readonly EvidenceOfPerson[];
  profileRemovals: readonly ProfileRemoval[];
  /** Ways in which somebody reaches somebody. */
  acquainted: readonly PersonQuestion[];
  /** What follows a block at once. */
  onBlocked: readonly ((userId: string, otherId: string) => Promise<void>)[];
}

export interface ReportInput {
  about: string;
  reason: ReportReason;
  text: string;
  block: boolean;
}

export interface ReportsDeps {
  store: ReportStore;
  people: Pick<EvidenceStore, 'person'>;
  evidence: EvidenceService;
  declaredByAll: () => Declared;
  block: (viewer: Viewer, otherId: string) => Promise<unknown>;
  limits: Limits;
  queue: Queue<ReportJob>;
  random: Random;
  log: Log;
}

export type Seen = Reported & { kind: string };
type Filed = Outcome<
  { username: string | null },
  SignedOut | Refusal<'nobody'> | Refusal<'too-often', { retryInMs: number }>
>;

export function createReports(deps: ReportsDeps) {
  const { store, people, evidence, declaredByAll, block, limits, queue, random, log } = deps;

  const removals = () => declaredByAll().profileRemovals;
  const person: Reportable = {
    async remove(_thing, personId, removal) {
      for (const part of removals()) await part.remove(personId, removal);
    },
    async restore(_thing, personId, removal) {
      for (const part of removals()) await part.restore(personId, removal);
    },
    async find(viewer, name) {
      const found = await people.person(viewer, usernameKeyOf(name) ?? '');
      const held = found && (await evidenceOf(declaredByAll().evidenceOfPerson, found.personId, viewer));
      return held && { ...found, thing: `person:${found.personId}`, quote: null, evidence: held };
    },
  };

  const find = async (viewer: Viewer, about: string): Promise<Seen | null> => {
    const [, kind = '', id = ''] = /^([a-z]+):(.+)$/.exec(about) ?? [];
    const reported = await declaredByAll().reportable.get(kind)?.find(viewer, id);
    return reported ? { ...reported, kind } : null;
  };

  /** A picture that went meanwhile shows how things stand only now, or that nobody is there any more. */
  const freeze = async (viewer: Viewer, about: string, id: string) => {
    let found: { reported: Seen; frozen: Evidence } | null = null;
    for (const isLast of [false, true]) {
      const reported = await find(viewer, about);
      if (!reported) return null;
      const { frozen, complete } = await evidence.freeze(id, reported.evidence, viewer.now);
      found = { reported, frozen };
      if (complete || isLast) break;
      await evidence.forgetCopiesOf(id);
    }
    return found;
  };

  const file = async (viewer: Viewer, { about, reason, text, ...also }: ReportInput): Promise<Filed> => {
    const id = uuidv7(viewer.now, random);
    const found = await freeze(viewer, about, id);
    // A second press, after the first one blocked them.
    if (!found)
      return (await store.filedLately(viewer, about)) ? done({ username: null }) : refused('nobody');
    const { kind, thing, personId, eitherIsMinor, username } = found.reported;
    const filed = await store.file(viewer, {
      id,
      kind,
      about,
      thing,
      personId,
      reason,
      text,
      eitherIsMinor,
      evidence: found.frozen,
    });
    if (!filed) await evidence.forgetCopiesOf(id);
    if (filed === null) return signedOut;
    // What no job tells now, the next cleaning hands to one.
    if (filed)
      await queue
        .add(id, { reportId: id })
        .catch((err: unknown) => log.warn({ err }, 'a report waits to be told of'));
    // Whom the viewer knows by no name any more, the list of blocked people must not name again.
    if (also.block && personId !== null && username !== null) await block(viewer, personId);
    return done({ username });
  };

  return {
    person,
    find: async (viewer: Viewer, about: string): Promise<Outcome<Seen, 'nobody'>> => {
      const reported = await find(viewer, about);
      return reported ? done(reported) : refused('nobody');
    },

    async report(viewer: Viewer, input: ReportInput): Promise<Filed> {
      const allowed = await limits.take([{ key: `reports:${viewer.id}`, rules: reportPolicy.perAccount }]);
      if (!allowed.ok) return refused('too-often', { retryInMs: allowed.waitMs });
      const filed = await orRelease([allowed], () => file(viewer, input));
      if (!filed.ok && filed.reason === 'nobody') await allowed.release();
      return filed;
    },

    filedBy: async (viewer: Viewer): Promise<Outcome<OwnReport[]>> => done(await store.filedBy(viewer)),
  };
}

export type Reports = ReturnType<typeof createReports>;
