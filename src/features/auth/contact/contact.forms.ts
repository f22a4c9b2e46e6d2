import { z } from 'zod';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import type { FormShape } from '../../../web/forms/forms.ts';
import { contact } from '../accounts/contact.forms.ts';
import { currentPassword } from '../password/password.forms.ts';

/** Through the sign-up form's contact, so that both accept the same. */
const email = z
  .object({ email: z.string() })
  .transform((form) => ({ channel: 'email' as Channel, mobileCountry: '', mobile: '', ...form }))
  .pipe(contact);
const mobile = z
  .object({ mobileCountry: z.string(), mobile: z.string() })
  .transform((form) => ({ channel: 'mobile' as Channel, email: '', ...form }))
  .pipe(contact);

export const contactForms = { email: email.and(currentPassword), mobile: mobile.and(currentPassword) };

export const removeShape: FormShape = { texts: ['currentPassword'], secrets: ['currentPassword'] };

export const contactShapes = {
  email: { texts: ['email', 'currentPassword'], secrets: ['currentPassword'] },
  mobile: { texts: ['mobileCountry', 'mobile', 'currentPassword'], secrets: ['currentPassword'] },
} satisfies Record<string, FormShape>;
