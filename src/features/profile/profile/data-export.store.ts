import { durationOf } from '../../../kernel/duration.ts';
import { isInterest } from '../../../kernel/interests.ts';
import { message, type Message, named, type Value } from '../../../kernel/message.ts';
import type { Db } from '../../../platform/stores/db.ts';
import { type ExportedFile, exportedPictures } from '../../pictures/index.ts';
import { languageRules } from '../policy.ts';

const explained = {
  profile: message('profile.export.profile'),
  languages: message('profile.export.languages'),
  languageChanges: message('profile.export.languageChanges', {
    wait: durationOf(languageRules.changeEvery / 1000),
  }),
  languageHistory: message('profile.export.languageHistory'),
  interests: message('profile.export.interests'),
  removed: message('profile.export.removed'),
  pictures: message('profile.export.pictures'),
};

interface ProfileExport {
  sections: Record<string, unknown>;
  explained: Record<string, Message>;
  names: Record<string, Value>; // of the codes in the sections
  files: ExportedFile[];
}

function codesIn(list: unknown): string[] {
  return Array.isArray(list) ? list.map((language: { code: string }) => language.code) : [];
}

/** Empty when there is nobody. */
export function createProfileExporter(db: Db) {
  return async (userId: string): Promise<ProfileExport> => {
    const person = await db.user.findUnique({
      where: { id: userId },
      select: {
        displayName: true,
        bio: true,
        country: true,
        timeZone: true,
        visibility: true,
        profileVersion: true,
        dismissedSteps: true,
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
    if (!person) return { sections: {}, explained, names: {}, files: [] };
    const { languages, languageHistory, interests, languageChanges, languagesChangedAt, ...profile } = person;
    const { pictures, files } = await exportedPictures(db, userId);
    const removed = await db.removedProfile.findMany({
      where: { userId, OR: [{ displayName: { not: null } }, { bio: { not: '' } }] },
      select: { displayName: true, bio: true, at: true },
      orderBy: [{ at: 'asc' }, { removalId: 'asc' }],
    });
    const past = languageHistory.flatMap(({ before, after }) => [before, after]);
    const spoken = [languages, ...past].flatMap(codesIn);
    return {
      sections: {
        removed,
        profile,
        languages,
        languageChanges: { times: languageChanges, lastCounted: languagesChangedAt },
        languageHistory,
        interests: interests.map(({ code }) => code),
        pictures,
      },
      explained,
      names: {
        [profile.country]: named('country', profile.country),
        ...Object.fromEntries(spoken.map((code) => [code, named('language', code)])),
        ...Object.fromEntries(
          interests.map(({ code }) => [code, isInterest(code) ? message(`profile.interest.${code}`) : code]),
        ),
      },
      files,
    };
  };
}
