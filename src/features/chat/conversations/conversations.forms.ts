import { z } from 'zod';
import { issue, message } from '../../../kernel/message.ts';
import type { FormShape } from '../../../web/forms/forms.ts';
import { writtenText } from '../../../web/forms/written-text.ts';
import { helloLimits } from '../policy.ts';

export const withShape: FormShape = { texts: ['with'] };
export const WithForm = z.object({ with: z.string() });

export const readShape: FormShape = { texts: ['with', 'before', 'after'] };
const seq = z.union([
  z.literal('').transform(() => null),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
]);
export const ReadForm = z.object({ with: z.string(), before: seq, after: seq });

export const listShape: FormShape = { texts: ['after'] };
export const ListForm = z.object({ after: z.string() });

export const sendShape: FormShape = { texts: ['with', 'text', 'clientId'] };
export const SendForm = z.object({
  with: z.string(),
  text: writtenText(message('chat.text.what'), helloLimits).refine(
    (text) => text !== '',
    issue('chat.text.error.empty'),
  ),
  clientId: z.uuid(),
});
