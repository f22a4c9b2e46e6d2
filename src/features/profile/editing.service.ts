import type { Clock } from '../../kernel/clock.ts';
import type { Me } from '../../web/guards.ts';
import type { ContentWrite, Editable, EditingStore } from './editing.store.ts';
import {
  changedMeanwhile,
  type Content,
  type Marks,
  type Meanwhile,
  marksOf,
  sameContent,
} from './profile-content.ts';

/** What a form asks for. */
export interface ProfileWish extends ContentWrite {
  /** The one that the form was filled with; null where a client sends none and so has seen none. */
  version: number | null;
  /** What it was filled with, in marks. */
  shown: Marks | null;
}

export type ProfileSaved =
  | { ok: true }
  /** Somebody was faster. `wanted` is what the form asked for, laid over `now`. */
  | { ok: false; now: Editable; wanted: Content; meanwhile: Meanwhile[] };

const laidOver = (now: Content, wish: ProfileWish): Content => ({
  displayName: wish.displayName,
  bio: wish.bio,
  country: wish.country,
  interests: wish.interests ?? now.interests,
  visibility: wish.visibility ?? now.visibility,
});

/** Changes what others see of a person. Null in every answer: the account is gone, or its password changed since. */
export const createEditing = ({ store, clock }: { store: EditingStore; clock: Clock }) => {
  const save = async (me: Me, wish: ProfileWish): Promise<ProfileSaved | null> => {
    if (await store.save(me, wish, wish.version, clock.now())) return { ok: true };

    const now = await store.of(me);
    if (!now) return null;
    const wanted = laidOver(now, wish);
    // The second press of the same button, for example.
    if (sameContent(now, wanted)) return { ok: true };
    const meanwhile = changedMeanwhile(now, wanted, wish.shown);
    if (meanwhile.length > 0) return { ok: false, now, wanted, meanwhile };
    // What was saved meanwhile is what this form says too: nobody loses anything by its other changes.
    return save(me, { ...wish, version: now.version, shown: marksOf(now) });
  };

  return { of: (me: Me) => store.of(me), save };
};

export type Editing = ReturnType<typeof createEditing>;
