import { later } from '../../../kernel/clock.ts';
import type { Random } from '../../../kernel/ids.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { evidenceKey, newMediaName } from '../../../platform/media/media-keys.ts';
import type { MediaStore } from '../../../platform/media/media-store.ts';
import type { Evidence, EvidenceOfPerson, PictureEvidence, SealedWords } from '../../../web/reportable.ts';
import { reportPolicy } from '../policy.ts';
import type { EvidenceStore } from './evidence.store.ts';
import type { SealedWordsStore } from './sealed-words.store.ts';

interface EvidenceDeps {
  store: EvidenceStore;
  sealed: SealedWordsStore;
  media: Pick<MediaStore, 'get' | 'put' | 'delete'>;
  random: Random;
}

/** Of all features together; null: the person is gone by now. */
export async function evidenceOf(
  parts: readonly EvidenceOfPerson[],
  personId: string,
  reporter: Viewer | null,
): Promise<Evidence | null> {
  const found = await Promise.all(parts.map((part) => part(personId, reporter)));
  if (found.includes(null)) return null;
  return Object.assign({}, ...found) as Evidence;
}

export function createEvidence({ store, sealed, media, random }: EvidenceDeps) {
  const copy = async (picture: PictureEvidence, key: string): Promise<PictureEvidence | null> => {
    const file = await media.get(picture.key);
    if (!file) return null;
    await media.put(key, file.bytes);
    return { ...picture, key };
  };

  /** Only what the other side said. */
  const opened = async ({ messages = [] }: Evidence, now: Date): Promise<SealedWords[]> => {
    const things = messages.filter(({ by }) => by === 'reported').map(({ thing }) => thing);
    if (things.length === 0) return [];
    const words = await sealed.opened(things, later(now, -reportPolicy.reportableFor));
    return words.map(({ at, ...said }) => ({ ...said, at: at.toISOString() }));
  };

  const forgetAll = async (keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      await media.delete(key);
      await store.forget(key);
    }
  };

  return {
    /** `complete`: every picture was still there to be copied. */
    async freeze(
      reportId: string,
      evidence: Evidence,
      now: Date,
    ): Promise<{ frozen: Evidence; complete: boolean }> {
      const { pictures = [], ...rest } = evidence;
      const keys = pictures.map(() => evidenceKey(newMediaName(random)));
      if (keys.length > 0) await store.remember(reportId, keys, now);
      const copies = await Promise.all(pictures.map((picture, n) => copy(picture, keys[n]!)));
      const kept = copies.filter((picture) => picture !== null);
      return {
        frozen: { ...rest, sealed: [...(rest.sealed ?? []), ...(await opened(rest, now))], pictures: kept },
        complete: kept.length === pictures.length,
      };
    },

    forget: forgetAll,

    /** No report came to hold them. */
    forgetCopiesOf: async (reportId: string): Promise<void> => forgetAll(await store.keysOf(reportId)),

    async sweep(now: Date): Promise<void> {
      for (;;) {
        const keys = await store.forgotten(later(now, -reportPolicy.forgottenAfter));
        await forgetAll(keys);
        if (keys.length < reportPolicy.batch) return;
      }
    },

    eraseSealed: async (now: Date): Promise<void> => {
      const until = later(now, -reportPolicy.reportableFor);
      while ((await sealed.eraseUntil(until)) === reportPolicy.batch);
    },
  };
}

export type EvidenceService = ReturnType<typeof createEvidence>;
