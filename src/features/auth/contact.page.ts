import type { Request } from 'express';
import type { Channel } from '../../platform/generated/prisma/enums.ts';
import { type FormError, type FormValues, formView } from '../../web/forms.ts';
import { namesFor } from '../../web/names.ts';
import { masked, undoHours } from './contact.ts';
import { contactShapes } from './contact.forms.ts';
import type { ContactService } from './contact.service.ts';
import { dialCountries } from './sign-up.page.ts';

/** A form that came back. */
export interface Refusal {
  channel: Channel;
  values: FormValues;
  errors: FormError[];
}

export interface ContactPageOptions {
  contacts: NonNullable<Awaited<ReturnType<ContactService['of']>>>;
  mobileOffered: boolean;
  texted: (country: string) => boolean;
  refused?: Refusal;
}

/** Both forms ask for the password: on one page the fields need names of their own. */
export const passwordId = (channel: Channel): string => `${channel}-currentPassword`;

/** The model of `settings/contact`. */
export const contactPage = (
  req: Request,
  { contacts, mobileOffered, texted, refused }: ContactPageOptions,
) => {
  const names = namesFor(req);
  const part = (channel: Channel) => {
    const contact = contacts[channel];
    const mine = refused?.channel === channel ? refused : null;
    return {
      shown: contact && masked(channel, contact.destination),
      verified: contact?.verified ?? false,
      passwordId: passwordId(channel),
      form: formView(contactShapes[channel], mine?.values, mine?.errors),
    };
  };
  const parts = { email: part('email'), mobile: part('mobile') };
  const { errors } = refused ? parts[refused.channel].form : { errors: [] };
  return {
    title: 'Contact',
    ...parts,
    // What the summary links to.
    form: {
      errors: errors.map((error) =>
        refused && error.name === 'currentPassword' ? { ...error, name: passwordId(refused.channel) } : error,
      ),
    },
    undoHours,
    mobileOffered,
    dialCountries: mobileOffered ? dialCountries(names, texted) : [],
    namesLang: names.locale,
  };
};
