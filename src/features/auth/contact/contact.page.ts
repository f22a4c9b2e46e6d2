import type { Request } from 'express';
import { agoOf } from '../../../kernel/duration.ts';
import { message } from '../../../kernel/message.ts';
import { callingCode, countryOf } from '../../../kernel/phone-number.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { type FormError, type FormValues, formView } from '../../../web/forms/forms.ts';
import { countryHint } from '../../../web/request/country-hint.ts';
import { namesFor } from '../../../web/words/names.ts';
import { masked, otherChannel } from '../accounts/contact.ts';
import { type CanText, dialCountries } from '../accounts/dial-countries.ts';
import { undoHours } from './changes.ts';
import { contactShapes, removeShape } from './contact.forms.ts';
import type { ContactService } from './contact.service.ts';

export interface RefusedForm {
  channel: Channel;
  form: 'change' | 'remove';
  values: FormValues;
  errors: FormError[];
}

export interface ContactPageOptions {
  contacts: NonNullable<Awaited<ReturnType<ContactService['of']>>>;
  mobileOffered: boolean;
  canText: CanText;
  now: Date;
  refused?: RefusedForm;
}

/** Several forms on the page ask for the password. */
function passwordId({ channel, form }: Pick<RefusedForm, 'channel' | 'form'>): string {
  return form === 'remove' ? `${channel}-remove-currentPassword` : `${channel}-currentPassword`;
}

/** Of the number, else of the profile, else what the browser hints at. */
function likelyCountry(
  req: Request,
  { contacts, canText }: Pick<ContactPageOptions, 'contacts' | 'canText'>,
): string {
  const known = [contacts.mobile && countryOf(contacts.mobile.destination), contacts.country];
  const isOffered = (country: string | null): country is string =>
    country !== null && canText(country) && callingCode(country) !== null;
  return known.find(isOffered) ?? countryHint(req, canText) ?? '';
}

export function contactPage(
  req: Request,
  { contacts, mobileOffered, canText, now, refused }: ContactPageOptions,
) {
  const names = namesFor(req);
  const part = (channel: Channel) => {
    const contact = contacts[channel];
    const refusedForm = (form: RefusedForm['form']) =>
      refused?.channel === channel && refused.form === form ? refused : null;
    const [change, remove] = [refusedForm('change'), refusedForm('remove')];
    return {
      shown: contact && masked(channel, contact.destination),
      verified: contact ? contact.verifiedAt !== null : false,
      newSince: contact?.isNew && contact.verifiedAt ? agoOf(contact.verifiedAt, now) : null,
      passwordId: passwordId({ channel, form: 'change' }),
      form: formView(contactShapes[channel], change?.values, change?.errors),
      // The last one stays, or the account could not be recovered.
      removing:
        contact?.verifiedAt && contacts[otherChannel(channel)]?.verifiedAt
          ? {
              passwordId: passwordId({ channel, form: 'remove' }),
              form: formView(removeShape, {}, remove?.errors),
              isOpen: remove !== null,
            }
          : null,
    };
  };
  const parts = { email: part('email'), mobile: part('mobile') };
  const errors = refused?.errors ?? [];
  return {
    title: message('auth.contact.title', { mobile: mobileOffered || parts.mobile.shown ? 'yes' : 'no' }),
    ...parts,
    // For the error summary's links.
    form: {
      errors: errors.map((error) =>
        refused && error.name === 'currentPassword' ? { ...error, name: passwordId(refused) } : error,
      ),
    },
    undoHours,
    mobileOffered,
    mobileCountry: parts.mobile.form.isFilled
      ? parts.mobile.form.value('mobileCountry')
      : likelyCountry(req, { contacts, canText }),
    dialCountries: mobileOffered ? dialCountries(names, canText) : [],
    namesLang: names.locale,
  };
}
