import { z } from 'zod';
import { codePoints } from '../../../kernel/text/text.ts';
import type { FormShape } from '../../../web/forms/forms.ts';
import { passwordPolicy } from '../policy.ts';
import { normalPassword } from './password-text.ts';

/** Nothing is trimmed. */
const newPassword = z.string().superRefine((typed, ctx) => {
  const { min, max } = passwordPolicy;
  const password = normalPassword(typed);
  if (typed === '') ctx.addIssue({ code: 'custom', message: 'Choose a password.' });
  else if (password === null || codePoints(password) > max)
    ctx.addIssue({ code: 'custom', message: `Use at most ${max} characters.` });
  else if (codePoints(password) < min)
    ctx.addIssue({ code: 'custom', message: `Use at least ${min} characters.` });
});

export const passwordPair = z
  .object({ password: newPassword, passwordConfirmation: z.string() })
  .refine((form) => normalPassword(form.password) === normalPassword(form.passwordConfirmation), {
    path: ['passwordConfirmation'],
    message: "The two passwords don't match.",
  })
  .transform(({ password }) => ({ password }));

export const confirmShape: FormShape = { texts: ['currentPassword'], secrets: ['currentPassword'] };

export const currentPassword = z.object({ currentPassword: z.string().min(1, 'Enter your password.') });
