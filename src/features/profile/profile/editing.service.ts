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

export interface ProfileInput extends ContentWrite {
  version: number | null; // of the form; null where a client sent none
  shown: Shown | null; // null: unknown
}

/** `wanted`: the form's changes applied to `now`. `merged`: the interests of both, unless too many. */
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
    // Pressed twice, for example.
    if (sameContent(now, wanted)) return done();
    const conflicts = conflictsBetween(now, wanted, input.shown?.fingerprints ?? null);
    if (conflicts.length > 0) {
      const both = merged(now, wanted, input.shown);
      return refused('changed-meanwhile', { now, wanted, conflicts, merged: both });
    }
    // Nothing of the other change is lost: this form says the same.
    return save(viewer, { ...input, version: now.version, shown: shownOf(now) });
  };

  return { of: (viewer: Viewer) => store.of(viewer), save };
}

export type Editing = ReturnType<typeof createEditing>;
