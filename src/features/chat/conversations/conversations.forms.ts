import { z } from 'zod';
import { languageOrNone, sentText } from '../messages/messages.forms.ts';
import type { FormShape } from '../../../web/forms/forms.ts';

export const readShape: FormShape = { texts: ['with', 'before', 'after', 'changedAfter'] };
const numberOrNone = z.union([
  z.literal('').transform(() => null),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
]);
export const ReadForm = z.object({
  with: z.string(),
  before: numberOrNone,
  after: numberOrNone,
  changedAfter: numberOrNone,
});

export const listShape: FormShape = { texts: ['after'] };
export const ListForm = z.object({ after: z.string() });

export const sendShape: FormShape = { texts: ['with', 'text', 'clientId', 'language', 'answers'] };
/** Of the page, which has a second button. */
export const composerShape: FormShape = { texts: [...sendShape.texts, 'do'] };
export const SendForm = z.object({
  with: z.string(),
  text: sentText,
  clientId: z.uuid(),
  language: languageOrNone,
  answers: numberOrNone,
});
