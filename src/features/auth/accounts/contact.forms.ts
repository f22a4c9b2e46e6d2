import { z } from 'zod';
import { hidesSomething, parseEmail } from '../../../kernel/email-address.ts';
import { parsePhone } from '../../../kernel/phone-number.ts';
import { isCountry } from '../../../kernel/places.ts';
import { trimmed } from '../../../kernel/text/typed.ts';

/** `country` is the numbering plan's, for mobile numbers. */
export interface TypedContact {
  channel: 'email' | 'mobile';
  destination: string;
  destinationKey: string;
  country: string | null;
}

function whyNoEmail(typed: string): string {
  if (trimmed(typed) === '') return 'Enter your email address.';
  return hidesSomething(typed)
    ? 'This address has an invisible character in it. Please type it instead of pasting it.'
    : 'Enter an email address like name@example.com.';
}

function whyNoMobile(typed: string, isPhone: boolean, country: string | undefined): string {
  if (trimmed(typed) === '') return 'Enter your mobile number.';
  if (!isPhone && country)
    return "This number isn't complete, or it's not from that country. Please check it.";
  if (isPhone) return "That's not a mobile number. We can only text mobile numbers.";
  return 'Enter a mobile number with its country code, like +49 1512 3456789.';
}

export const contact = z
  .object({
    channel: z.enum(['email', 'mobile'], 'Choose email or mobile.'),
    email: z.string(),
    mobileCountry: z.string(),
    mobile: z.string(),
  })
  .transform((form, ctx): { contact: TypedContact } => {
    const blame = (name: string, message: string): typeof z.NEVER => {
      ctx.addIssue({ code: 'custom', path: [name], message });
      return z.NEVER;
    };
    if (form.channel === 'email') {
      const email = parseEmail(form.email);
      if (email)
        return {
          contact: { channel: 'email', destination: email.address, destinationKey: email.key, country: null },
        };
      return blame('email', whyNoEmail(form.email));
    }
    const country = isCountry(form.mobileCountry) ? form.mobileCountry : undefined;
    const phone = parsePhone(form.mobile, country);
    if (!phone?.mobile) return blame('mobile', whyNoMobile(form.mobile, phone !== null, country));
    return {
      contact: {
        channel: 'mobile',
        destination: phone.e164,
        destinationKey: phone.e164,
        country: phone.country,
      },
    };
  });
