import { z } from 'zod';
import { act, noInput } from '../../../web/act.ts';
import { changesLimit } from '../../auth/index.ts';
import { choices, PrivacyForm, privacyShape } from './privacy-settings.forms.ts';
import type { PrivacySettingsService } from './privacy-settings.service.ts';

/** Who sees, finds and writes to a member. */
export function privacySettingsActs(settings: PrivacySettingsService) {
  return {
    read: act({
      name: 'privacy.settings',
      route: 'GET /settings/privacy',
      access: 'member',
      scope: 'profile:read',
      input: noInput,
      output: z.object({
        visibility: z.enum(choices.visibility),
        findable: z.enum(choices.findable),
        whoMayWrite: z.enum(choices.whoMayWrite),
        presence: z.enum(choices.presence),
        receipts: z.enum(choices.receipts),
      }),
      refusals: { 'signed-out': 401 },
      run: (viewer) => settings.of(viewer),
      answer: (found) => found,
    }),

    save: act({
      name: 'privacy.save',
      route: 'POST /settings/privacy',
      access: 'member',
      scope: 'profile:write',
      input: { shape: privacyShape, schema: PrivacyForm },
      limits: [changesLimit],
      output: z.object({}),
      refusals: { 'signed-out': 401 },
      run: (viewer, input) => settings.save(viewer, input),
      answer: () => ({}),
    }),
  };
}

export type PrivacySettingsActs = ReturnType<typeof privacySettingsActs>;
