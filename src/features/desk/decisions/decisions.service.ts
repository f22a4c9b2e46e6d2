import { later } from '../../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import { done, type Outcome, refused } from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { DeskAct } from '../../../platform/generated/prisma/enums.ts';
import type { ReportReason } from '../../safety/index.ts';
import { deskPolicy } from '../policy.ts';
import { days } from '../../../kernel/clock.ts';
import type { Answer, Answered, Decided, DecisionStore, Word } from './decisions.store.ts';
import type { Follow } from './following.service.ts';
import type { WordStore } from './words.store.ts';

export interface DecisionInput {
  version: number;
  act: DeskAct;
  reason: ReportReason;
  fact: string;
  days: number | null; // of a suspension
  dateOfBirth: string | null; // with `age`; null: they are under 13
}

interface DecisionsDeps {
  store: DecisionStore;
  words: WordStore;
  follow: Follow;
  random: Random;
}

function untilOf({ act, days: many }: DecisionInput, now: Date): Date | null {
  if (act === 'limit') return later(now, deskPolicy.limitFor);
  return act === 'suspend' ? later(now, days(many ?? 1)) : null;
}

/** `changed`: somebody was faster, or the case is not this moderator's to decide. */
export type Acted<Value = undefined> = Outcome<Value, 'changed'>;

/** What moderators decide. What follows is done at once, and by the next cleaning where that fails. */
export function createDecisions({ store, words, follow, random }: DecisionsDeps) {
  const after = async (id: string): Promise<Acted> => {
    await follow(id);
    return done();
  };
  return {
    async decide(
      staff: Viewer,
      caseId: string,
      input: DecisionInput,
    ): Promise<Acted<Decided & { needsBreak: boolean }>> {
      const { version, act, reason, fact, dateOfBirth } = input;
      const id = uuidv7(staff.now, random);
      const untilAt = untilOf(input, staff.now);
      const decided = await store.decide(staff, {
        id,
        caseId,
        version,
        act,
        reason,
        fact,
        untilAt,
        dateOfBirth,
      });
      if (!decided) return refused('changed');
      await follow(id);
      const needsBreak = (await store.hardInARow(staff)) >= deskPolicy.hardInARow;
      return done({ ...decided, needsBreak });
    },

    async confirm(staff: Viewer, caseId: string, word: Word): Promise<Acted> {
      const id = await store.confirm(staff, caseId, word);
      return id === null ? refused('changed') : after(id);
    },

    /** Their own decision, or what they said to another's; answers which. */
    async takeBack(staff: Viewer, caseId: string): Promise<Acted<'decision' | 'word'>> {
      const id = await store.takeBack(staff, caseId);
      const ids = id === null ? await words.takeBack(staff, caseId) : [id];
      if (ids.length === 0) return refused('changed');
      for (const one of ids) await follow(one);
      return done(id === null ? 'word' : 'decision');
    },

    /** What was removed by a decision that somebody sees otherwise now. */
    giveBack: async (staff: Viewer, caseId: string, decisionId: string): Promise<Acted> =>
      (await words.giveBack(staff, caseId, decisionId)) ? after(decisionId) : refused('changed'),

    async answer(staff: Viewer, caseId: string, word: Answer): Promise<Acted<Answered>> {
      const answered = await store.answer(staff, caseId, word);
      if (!answered) return refused('changed');
      await follow(answered.id);
      return done(answered);
    },
  };
}

export type Decisions = ReturnType<typeof createDecisions>;
