import type { Clock } from '../../../kernel/clock.ts';
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

export type ProfileSaved =
  | { ok: true }
  /**
   * Somebody was faster. `wanted` is what the form asked for, laid over `now`; `merged` are the interests of both, where
   * both changed them and all of them together are not too many.
   */
  | {
      ok: false;
      now: Editable;
      wanted: Content;
      conflicts: FieldConflict[];
      merged: string[] | null;
    };

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

/** Changes what others see of a person. Null in every answer: the account is gone, or its password changed since. */
export function createEditing({ store, clock }: { store: EditingStore; clock: Clock }) {
  const save = async (viewer: Viewer, input: ProfileInput): Promise<ProfileSaved | null> => {
    if (await store.save(viewer, input, input.version, clock.now())) return { ok: true };

    const now = await store.of(viewer);
    if (!now) return null;
    const wanted = laidOver(now, input);
    // The second press of the same button, for example.
    if (sameContent(now, wanted)) return { ok: true };
    const conflicts = conflictsBetween(now, wanted, input.shown?.fingerprints ?? null);
    if (conflicts.length > 0)
      return { ok: false, now, wanted, conflicts, merged: merged(now, wanted, input.shown) };
    // What was saved meanwhile is what this form says too: nobody loses anything by its other changes.
    return save(viewer, { ...input, version: now.version, shown: shownOf(now) });
  };

  return { of: (viewer: Viewer) => store.of(viewer), save };
}

export type Editing = ReturnType<typeof createEditing>;
