import { z } from 'zod';
import { issue } from '../../../kernel/message.ts';
import { codePoints } from '../../../kernel/text/text.ts';
import type { FormShape } from '../../../web/forms/forms.ts';
import { passwordPolicy } from '../policy.ts';
import { normalPassword } from './password-text.ts';

/** Nothing is trimmed. */
const newPassword = z.string().superRefine((typed, ctx) => {
  const { min, max } = passwordPolicy;
  const password = normalPassword(typed);
  if (typed === '') ctx.addIssue({ code: 'custom', message: issue('auth.password.error.empty') });
  else if (password === null || codePoints(password) > max)
    ctx.addIssue({ code: 'custom', message: issue('auth.password.error.tooLong', { max }) });
  else if (codePoints(password) < min)
    ctx.addIssue({ code: 'custom', message: issue('auth.password.error.tooShort', { min }) });
});

export const passwordPair = z
  .object({ password: newPassword, passwordConfirmation: z.string() })
  .refine((form) => normalPassword(form.password) === normalPassword(form.passwordConfirmation), {
    path: ['passwordConfirmation'],
    message: issue('auth.password.error.mismatch'),
  })
  .transform(({ password }) => ({ password }));

export const confirmShape: FormShape = { texts: ['currentPassword'], secrets: ['currentPassword'] };

export const currentPassword = z.object({
  currentPassword: z.string().min(1, issue('auth.password.current.empty')),
});
