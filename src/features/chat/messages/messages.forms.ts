import { z } from 'zod';
import { isLanguage } from '../../../kernel/languages/codes.ts';
import { issue, message } from '../../../kernel/message.ts';
import type { FormShape } from '../../../web/forms/forms.ts';
import { writtenText } from '../../../web/forms/written-text.ts';
import { messageLimits, noteLimits } from '../policy.ts';

export const withShape: FormShape = { texts: ['with'] };
export const WithForm = z.object({ with: z.string() });

export const languageOrNone = z
  .string()
  .refine((code) => code === '' || isLanguage(code), issue('chat.text.language.error'))
  .transform((code) => (code === '' ? null : code));

/** What somebody sends, however they got to know each other: a first hello is shorter. */
export const sentText = writtenText(message('chat.text.what'), messageLimits).refine(
  (text) => text !== '',
  issue('chat.text.error.empty'),
);

const seq = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

export const whichShape: FormShape = { texts: ['with', 'seq'] };
export const WhichForm = z.object({ with: z.string(), seq });

export const editShape: FormShape = { texts: ['with', 'seq', 'text'] };
export const EditForm = z.object({ with: z.string(), seq, text: sentText });

// Unicode TS #51: one of the emoji recommended for general interchange.
const oneEmoji = new RegExp('^\\p{RGI_Emoji}$', 'v');

export const reactShape: FormShape = { texts: ['with', 'seq', 'emoji'] };
export const ReactForm = z.object({
  with: z.string(),
  seq,
  emoji: z.string().regex(oneEmoji, issue('chat.reaction.error')),
});

/** `clientId` may be absent: then a second press is a second correction. */
export const correctShape: FormShape = { texts: ['with', 'seq', 'text', 'note', 'clientId', 'language'] };
export const CorrectForm = z.object({
  with: z.string(),
  seq,
  text: sentText,
  note: writtenText(message('chat.note.what'), noteLimits).transform((note) => (note === '' ? null : note)),
  clientId: z.union([z.literal('').transform(() => null), z.uuid()]),
  language: languageOrNone,
});

export const draftShape: FormShape = { texts: ['with', 'text'] };
/** What is typed is kept as it is: it is read as a message once it is sent. */
export const DraftForm = z.object({
  with: z.string(),
  text: z.string().max(messageLimits.units, issue('chat.draft.error')),
});
