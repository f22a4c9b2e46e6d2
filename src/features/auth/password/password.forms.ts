import { z } from 'zod';
import { codePoints } from '../../../kernel/text/text.ts';
import { passwordPolicy } from '../policy.ts';
import { normalPassword } from './password-text.ts';

/** As typed: spaces count, nothing is trimmed. Counted, compared and hashed in NFC. */
const newPassword = z.string().superRefine((typed, ctx) => {
  const { min, max } = passwordPolicy;
  const password = normalPassword(typed);
  if (typed === '') ctx.addIssue({ code: 'custom', message: 'Choose a password.' });
  else if (password === null || codePoints(password) > max)
    ctx.addIssue({ code: 'custom', message: `Use at most ${max} characters.` });
  else if (codePoints(password) < min)
    ctx.addIssue({ code: 'custom', message: `Use at least ${min} characters.` });
});

/** Two passwords alike. Shared by every form that sets one. */
export const passwordPair = z
  .object({ password: newPassword, passwordConfirmation: z.string() })
  .refine((form) => normalPassword(form.password) === normalPassword(form.passwordConfirmation), {
    path: ['passwordConfirmation'],
    message: "The two passwords don't match.",
  })
  .transform(({ password }) => ({ password }));

/** The password that a signed-in person has now. */
export const currentPassword = z.object({ currentPassword: z.string().min(1, 'Enter your password.') });
