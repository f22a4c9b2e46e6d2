import type { Request } from 'express';
import { agoInWords } from '../../../kernel/clock.ts';
import { callingCode, countryOf } from '../../../kernel/phone-number.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { type FormError, type FormValues, formView } from '../../../web/forms/forms.ts';
import { countryHint } from '../../../web/request/country-hint.ts';
import { namesFor } from '../../../web/views/names.ts';
import { masked, otherChannel } from '../accounts/contact.ts';
import { dialCountries } from '../accounts/dial-countries.ts';
import { undoHours } from './changes.ts';
import { contactShapes, removeShape } from './contact.forms.ts';
import type { ContactService } from './contact.service.ts';

export interface Refusal {
  channel: Channel;
  act: 'change' | 'remove';
  values: FormValues;
  errors: FormError[];
}

export interface ContactPageOptions {
  contacts: NonNullable<Awaited<ReturnType<ContactService['of']>>>;
  mobileOffered: boolean;
  texted: (country: string) => boolean;
  now: Date;
  refused?: Refusal;
}

/** Several forms on the page ask for the password. */
function passwordId({ channel, act }: Pick<Refusal, 'channel' | 'act'>): string {
  return act === 'remove' ? `${channel}-remove-currentPassword` : `${channel}-currentPassword`;
}

/** Of the number, else of the profile, else what the browser hints at. */
function likelyCountry(
  req: Request,
  { contacts, texted }: Pick<ContactPageOptions, 'contacts' | 'texted'>,
): string {
  const known = [contacts.mobile && countryOf(contacts.mobile.destination), contacts.country];
  const isOffered = (country: string | null): country is string =>
    country !== null && texted(country) && callingCode(country) !== null;
  return known.find(isOffered) ?? countryHint(req, texted) ?? '';
}

export function contactPage(
  req: Request,
  { contacts, mobileOffered, texted, now, refused }: ContactPageOptions,
) {
  const names = namesFor(req);
  const part = (channel: Channel) => {
    const contact = contacts[channel];
    const refusalOf = (act: Refusal['act']) =>
      refused?.channel === channel && refused.act === act ? refused : null;
    const [change, remove] = [refusalOf('change'), refusalOf('remove')];
    return {
      shown: contact && masked(channel, contact.destination),
      verified: contact ? contact.verifiedAt !== null : false,
      newSince: contact?.isNew && contact.verifiedAt ? agoInWords(contact.verifiedAt, now) : null,
      passwordId: passwordId({ channel, act: 'change' }),
      form: formView(contactShapes[channel], change?.values, change?.errors),
      // The last one stays, or the account could not be recovered.
      removing:
        contact?.verifiedAt && contacts[otherChannel(channel)]?.verifiedAt
          ? {
              passwordId: passwordId({ channel, act: 'remove' }),
              form: formView(removeShape, {}, remove?.errors),
              isOpen: remove !== null,
            }
          : null,
    };
  };
  const parts = { email: part('email'), mobile: part('mobile') };
  const errors = refused?.errors ?? [];
  return {
    title: mobileOffered || parts.mobile.shown ? 'Email and mobile' : 'Email',
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
      : likelyCountry(req, { contacts, texted }),
    dialCountries: mobileOffered ? dialCountries(names, texted) : [],
    namesLang: names.locale,
  };
}
