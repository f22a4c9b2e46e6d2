import { z } from 'zod';
import { message } from '../../../kernel/message.ts';
import { act, noInput } from '../../../web/act.ts';
import { changesLimit } from '../../auth/index.ts';
import { profileFormBounds } from '../policy.ts';
import { ProfileForm, profileShape, takenFromSaved, withSaved } from './editing.forms.ts';
import type { Editing } from './editing.service.ts';
import { shownOf, writeShown } from './profile-content.ts';

export function editingActs(editing: Editing) {
  return {
    read: act({
      name: 'profile.form',
      route: 'GET /settings/profile',
      access: 'member',
      scope: 'profile:read',
      input: noInput,
      output: z.object({
        displayName: z.string().nullable(),
        bio: z.string(),
        country: z.string(),
        visibility: z.enum(['members', 'nobody']),
        timeZone: z.string().nullable(), // IANA
        interests: z.array(z.string()),
        /** Sent back with a change, these two keep what another device changes meanwhile. */
        version: z.int(),
        shown: z.string(),
      }),
      refusals: {},
      run: async (viewer) => ({ ok: true, value: await editing.of(viewer) }) as const,
      answer: (profile) => ({ ...profile, shown: writeShown(shownOf(profile)) }),
    }),

    edit: act({
      name: 'profile.edit',
      route: 'POST /settings/profile',
      access: 'member',
      scope: 'profile:write',
      input: {
        shape: profileShape,
        schema: ProfileForm,
        arrange: async (body, viewer) => {
          const taken = takenFromSaved(body);
          return taken.length > 0 ? withSaved(body, taken, await editing.of(viewer)) : body;
        },
      },
      bounds: profileFormBounds,
      limits: [changesLimit],
      output: z.object({}),
      refusals: { 'signed-out': 401, 'changed-meanwhile': 422 },
      run: (viewer, input) => editing.save(viewer, input),
      answer: () => ({}),
      tell: () => message('profile.edit.changedMeanwhile'),
    }),
  };
}

export type EditingActs = ReturnType<typeof editingActs>;
