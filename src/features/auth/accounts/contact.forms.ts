import { z } from 'zod';
import { hidesSomething, parseEmail } from '../../../kernel/email-address.ts';
import { issue } from '../../../kernel/message.ts';
import { parsePhone } from '../../../kernel/phone-number.ts';
import { isCountry } from '../../../kernel/places.ts';
import { trimmed } from '../../../kernel/text/typed.ts';
import type { TypedContact } from './contact.ts';

function whyNoEmail(typed: string): string {
  if (trimmed(typed) === '') return issue('auth.account.email.error.empty');
  return issue(`auth.account.email.error.${hidesSomething(typed) ? 'hidden' : 'wrong'}`);
}

function whyNoMobile(typed: string, isPhone: boolean, country: string | undefined): string {
  if (trimmed(typed) === '') return issue('auth.account.mobile.error.empty');
  if (isPhone) return issue('auth.account.mobile.error.landline');
  return issue(`auth.account.mobile.error.${country ? 'incomplete' : 'wrong'}`);
}

export const contact = z
  .object({
    channel: z.enum(['email', 'mobile'], issue('auth.account.channel.error')),
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
