import type { Clock } from '../../../kernel/clock.ts';
import type { Me } from '../../../web/session/guards.ts';
import { interestsMax } from '../policy.ts';
import type { ContentWrite, Editable, EditingStore } from './editing.store.ts';
import {
  type Content,
  changedMeanwhile,
  type Meanwhile,
  mergeInterests,
  type Shown,
  sameContent,
  shownOf,
} from './profile-content.ts';

/** What a form asks for. */
export interface ProfileWish extends ContentWrite {
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
      meanwhile: Meanwhile[];
      merged: string[] | null;
    };

const laidOver = (now: Content, wish: ProfileWish): Content => ({
  displayName: wish.displayName,
  bio: wish.bio,
  country: wish.country,
  interests: wish.interests ?? now.interests,
  visibility: wish.visibility ?? now.visibility,
});

const merged = (now: Content, wanted: Content, shown: Shown | null): string[] | null => {
  if (!shown) return null;
  const both = mergeInterests(now.interests, wanted.interests, shown.interests);
  return both.length <= interestsMax ? both : null;
};

/** Changes what others see of a person. Null in every answer: the account is gone, or its password changed since. */
export const createEditing = ({ store, clock }: { store: EditingStore; clock: Clock }) => {
  const save = async (me: Me, wish: ProfileWish): Promise<ProfileSaved | null> => {
    if (await store.save(me, wish, wish.version, clock.now())) return { ok: true };

    const now = await store.of(me);
    if (!now) return null;
    const wanted = laidOver(now, wish);
    // The second press of the same button, for example.
    if (sameContent(now, wanted)) return { ok: true };
    const meanwhile = changedMeanwhile(now, wanted, wish.shown?.marks ?? null);
    if (meanwhile.length > 0)
      return { ok: false, now, wanted, meanwhile, merged: merged(now, wanted, wish.shown) };
    // What was saved meanwhile is what this form says too: nobody loses anything by its other changes.
    return save(me, { ...wish, version: now.version, shown: shownOf(now) });
  };

  return { of: (me: Me) => store.of(me), save };
};

export type Editing = ReturnType<typeof createEditing>;
