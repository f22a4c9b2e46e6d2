import type { Clock } from '../../../kernel/clock.ts';
import {
  done,
  type Outcome,
  type Refusal,
  refused,
  signedOut,
  type SignedOut,
} from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { interestsMax } from '../policy.ts';
import type { ContentWrite, Editable, EditingStore } from './editing.store.ts';
import {
  type Content,
  conflictsBetween,
  type FieldConflict,
  mergeInterests,
  type Shown,
  sameContent,
  shownOf,
} from './profile-content.ts';

/** What a form asks for. */
export interface ProfileInput extends ContentWrite {
  /** The one that the form was filled with; null where a client sends none and so has seen none. */
  version: number | null;
  /** What it was filled with; null where that is not known. */
  shown: Shown | null;
}

/**
 * `changed-meanwhile`: somebody was faster. `wanted` is what the form asked for, laid over `now`; `merged` are the
 * interests of both, where both changed them and all of them together are not too many.
 */
export type ChangedMeanwhile = Refusal<
  'changed-meanwhile',
  { now: Editable; wanted: Content; conflicts: FieldConflict[]; merged: string[] | null }
>;

function laidOver(now: Content, input: ProfileInput): Content {
  return {
    displayName: input.displayName,
    bio: input.bio,
    country: input.country,
    interests: input.interests ?? now.interests,
    visibility: input.visibility ?? now.visibility,
  };
}

function merged(now: Content, wanted: Content, shown: Shown | null): string[] | null {
  if (!shown) return null;
  const both = mergeInterests(now.interests, wanted.interests, shown.interests);
  return both.length <= interestsMax ? both : null;
}

/** Changes what others see of a person. */
export function createEditing({ store, clock }: { store: EditingStore; clock: Clock }) {
  const save = async (
    viewer: Viewer,
    input: ProfileInput,
  ): Promise<Outcome<undefined, SignedOut | ChangedMeanwhile>> => {
    const written = await store.save(viewer, input, input.version, clock.now());
    if (written === 'saved') return done();
    if (written === 'signed-out') return signedOut;

    const now = await store.of(viewer);
    const wanted = laidOver(now, input);
    // The second press of the same button, for example.
    if (sameContent(now, wanted)) return done();
    const conflicts = conflictsBetween(now, wanted, input.shown?.fingerprints ?? null);
    if (conflicts.length > 0) {
      const both = merged(now, wanted, input.shown);
      return refused('changed-meanwhile', { now, wanted, conflicts, merged: both });
    }
    // What was saved meanwhile is what this form says too: nobody loses anything by its other changes.
    return save(viewer, { ...input, version: now.version, shown: shownOf(now) });
  };

  return { of: (viewer: Viewer) => store.of(viewer), save };
}

export type Editing = ReturnType<typeof createEditing>;
