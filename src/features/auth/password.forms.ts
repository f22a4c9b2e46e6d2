import { z } from 'zod';
import { codePoints } from '../../kernel/text.ts';
import { passwordPolicy } from './policy.ts';

/** Exactly as typed: spaces count, nothing is trimmed or normalised. */
const newPassword = z.string().superRefine((password, ctx) => {
  const { min, max, maxBytes } = passwordPolicy;
  const length = password.length > maxBytes ? password.length : codePoints(password);
  if (password === '') ctx.addIssue({ code: 'custom', message: 'Choose a password.' });
  else if (length < min) ctx.addIssue({ code: 'custom', message: `Use at least ${min} characters.` });
  else if (length > max || Buffer.byteLength(password) > maxBytes)
    ctx.addIssue({ code: 'custom', message: `Use at most ${max} characters.` });
});

/** Two passwords alike. Shared by every form that sets one. */
export const passwordPair = z
  .object({ password: newPassword, passwordConfirmation: z.string() })
  .refine((form) => form.password === form.passwordConfirmation, {
    path: ['passwordConfirmation'],
    message: 'The two passwords are not the same.',
  })
  .transform(({ password }) => ({ password }));

/** The password that a signed-in person has now. */
export const currentPassword = z.object({ currentPassword: z.string().min(1, 'Enter your password.') });
