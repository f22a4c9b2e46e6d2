import { z } from 'zod';
import { act, noInput } from '../../../web/act.ts';
import { changesLimit } from '../../auth/index.ts';
import { nextChange } from './language-cooldown.ts';
import { LanguagesForm, languagesShape, withoutEmptyRows, writeShown } from './languages.forms.ts';
import { conflictText, tooSoonText } from './languages.page.ts';
import type { Languages } from './languages.service.ts';
import { levels } from './languages.ts';

export const LanguageJson = z.object({
  /** BCP 47: two letters of ISO 639-1, or three where it has none. */
  code: z.string(),
  role: z.enum(['native', 'learning']),
  level: z.enum(levels).nullable(),
});

const State = z.object({
  languages: z.array(LanguageJson),
  /** Sent back with a change, it keeps what another device changes meanwhile. */
  shown: z.string(),
  /** null: languages can be changed now. */
  nextFrom: z.iso.datetime().nullable(),
});

/** What can be done about one's languages. */
export function languageActs(languages: Languages) {
  return {
    read: act({
      name: 'languages.read',
      route: 'GET /settings/languages',
      access: 'member',
      scope: 'profile:read',
      input: noInput,
      output: State,
      refusals: {},
      async run(viewer) {
        const state = await languages.of(viewer);
        return { ok: true, value: { state, next: nextChange(state, viewer.now) } } as const;
      },
      answer: ({ state, next }) => ({
        languages: state.languages,
        shown: writeShown(state.languages),
        nextFrom: next.kind === 'closed' ? next.from.toISOString() : null,
      }),
    }),

    edit: act({
      name: 'languages.edit',
      route: 'POST /settings/languages',
      access: 'member',
      scope: 'profile:write',
      input: {
        shape: languagesShape,
        schema: LanguagesForm,
        arrange: withoutEmptyRows,
      },
      limits: [changesLimit],
      output: z.object({ nextFrom: z.iso.datetime().nullable() }),
      refusals: { 'signed-out': 401, 'too-soon': 429, 'changed-meanwhile': 422 },
      run: (viewer, input) => languages.save(viewer, input),
      answer: ({ nextFrom }) => ({ nextFrom: nextFrom?.toISOString() ?? null }),
      tell: (refusal) => (refusal.reason === 'too-soon' ? tooSoonText(refusal.difference) : conflictText),
    }),
  };
}

export type LanguageActs = ReturnType<typeof languageActs>;
