import { z } from 'zod';
import { isLanguage } from '../../../kernel/languages/codes.ts';
import { act } from '../../../web/act.ts';
import type { FormShape } from '../../../web/forms/forms.ts';
import { MessageJson, messageJson, PersonJson, personJson } from '../conversations/conversation-json.ts';
import type { Corrections } from './corrections.service.ts';

const shape: FormShape = { texts: ['language', 'after'] };
const CorrectionsForm = z.object({
  /** Another one than there are is all of them. */
  language: z.string().transform((code) => (isLanguage(code) ? code : '')),
  after: z.string(),
});

export function correctionsAct(corrections: Corrections) {
  return act({
    name: 'chat.corrections',
    route: 'GET /profile/corrections',
    access: 'member',
    scope: 'chats:read',
    input: { shape, schema: CorrectionsForm },
    output: z.object({
      items: z.array(z.object({ with: z.string(), person: PersonJson, message: MessageJson })),
      /** In which languages there is something. */
      languages: z.array(z.string()),
      next: z.string().nullable(),
    }),
    refusals: { 'signed-out': 401 },
    run: (viewer, input) => corrections.list(viewer, input),
    answer: ({ items, ...rest }) => ({
      ...rest,
      items: items.map(({ with: name, person, message }) => ({
        with: name,
        person: personJson(person),
        message: messageJson(message),
      })),
    }),
  });
}
