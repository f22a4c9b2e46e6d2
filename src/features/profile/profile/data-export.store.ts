import { waitInWords } from '../../../kernel/clock.ts';
import { interestLabel } from '../../../kernel/interests.ts';
import type { Db } from '../../../platform/stores/db.ts';
import { namesIn } from '../../../web/words/names.ts';
import { type ExportedFile, exportedPictures } from '../../pictures/index.ts';
import { languageRules } from '../policy.ts';

const explained = {
  profile: `What you say about yourself, and who may see it: "members" is everyone who's signed in. "profileVersion" counts how often you saved it.`,
  languages: 'What you speak ("native") and learn, with your level from A1 to C2 if you set one.',
  languageChanges: `How often you changed your languages, and when a change last started the wait of ${waitInWords(languageRules.changeEvery / 1000)}.`,
  languageHistory:
    'Your languages before and after each change. "counted" is false for the first one, which was free.',
  interests: 'What you ticked, in the order in which others see it.',
  pictures:
    'Your picture ("avatar") and photos, with the descriptions you gave them. "file" is where each one lies in the ZIP, in its largest size.',
};

interface ProfileExport {
  sections: Record<string, unknown>;
  explained: Record<string, string>;
  names: Record<string, string>; // of the codes in the sections
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
    if (!person) return { sections: {}, explained, names: {}, files: [] };
    const { languages, languageHistory, interests, languageChanges, languagesChangedAt, ...profile } = person;
    const { pictures, files } = await exportedPictures(db, userId);
    const english = namesIn('en');
    const past = languageHistory.flatMap(({ before, after }) => [before, after]);
    const spoken = [languages, ...past].flatMap(codesIn);
    return {
      sections: {
        profile,
        languages,
        languageChanges: { times: languageChanges, lastCounted: languagesChangedAt },
        languageHistory,
        interests: interests.map(({ code }) => code),
        pictures,
      },
      explained,
      names: {
        [profile.country]: english.country(profile.country),
        ...Object.fromEntries(spoken.map((code) => [code, english.language(code)])),
        ...Object.fromEntries(interests.map(({ code }) => [code, interestLabel(code) ?? code])),
      },
      files,
    };
  };
}
