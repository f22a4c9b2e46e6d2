import type { Db } from '../../platform/db.ts';
import { mediaKey } from '../../platform/media-keys.ts';
import { variantsOf } from './pictures.ts';

/** A file in the media store, and what it is called where its person gets it. */
interface HeldFile {
  path: string;
  key: string;
}

const picturesOf = async (db: Db, userId: string) => {
  const rows = await db.picture.findMany({
    where: { userId },
    orderBy: [{ kind: 'asc' }, { position: 'asc' }, { id: 'asc' }],
  });
  const files: HeldFile[] = [];
  const pictures = rows.map(({ mediaKey: name, ...row }, n) => {
    const { kind, state, refusal, alt, position, placeholder, width, height, createdAt } = row;
    const picture = { kind, state, refusal, alt, position, placeholder, width, height, createdAt };
    if (picture.state !== 'ready') return { ...picture, file: null };
    // The largest: the others are the same picture, smaller.
    const path = `pictures/${n + 1}-${picture.kind}.webp`;
    files.push({ path, key: mediaKey(name, variantsOf(picture.kind)[0]!) });
    return { ...picture, file: path };
  });
  return { pictures, files };
};

/** The profile's part of everything that is held about a person, in sections by name; empty when there is nobody. */
export const createProfileHeld =
  (db: Db) =>
  async (userId: string): Promise<{ sections: Record<string, unknown>; files: HeldFile[] }> => {
    const person = await db.user.findUnique({
      where: { id: userId },
      select: {
        displayName: true,
        bio: true,
        country: true,
        visibility: true,
        profileVersion: true,
        languageChanges: true,
        languagesChangedAt: true,
        languages: {
          select: { code: true, role: true, level: true },
          orderBy: [{ role: 'asc' }, { position: 'asc' }],
        },
        languageHistory: {
          select: { at: true, counted: true, before: true, after: true },
          orderBy: [{ at: 'asc' }, { id: 'asc' }],
        },
        interests: { select: { code: true }, orderBy: { position: 'asc' } },
      },
    });
    if (!person) return { sections: {}, files: [] };
    const { languages, languageHistory, interests, languageChanges, languagesChangedAt, ...profile } = person;
    const { pictures, files } = await picturesOf(db, userId);
    return {
      sections: {
        profile,
        languages,
        languageChanges: { times: languageChanges, lastCounted: languagesChangedAt },
        languageHistory,
        interests: interests.map(({ code }) => code),
        pictures,
      },
      files,
    };
  };
