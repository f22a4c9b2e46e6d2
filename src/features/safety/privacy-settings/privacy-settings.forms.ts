import { z } from 'zod';
import { issue } from '../../../kernel/message.ts';
import type { FormShape, FormValues } from '../../../web/forms/forms.ts';
import type { ChoicesWrite, PrivacyChoices } from './privacy-settings.store.ts';

/** What can be chosen, in the order of the page. */
export const choices = {
  visibility: ['members', 'nobody'],
  findable: ['band', 'matches', 'nobody'],
  whoMayWrite: ['band', 'matches', 'nobody'],
} as const satisfies { [Key in keyof PrivacyChoices]: readonly PrivacyChoices[Key][] };

export const privacyShape: FormShape = { texts: ['visibility', 'findable', 'whoMayWrite', 'shown'] };

const wrong = issue('safety.privacy.error');

/** `shown`: what the page was filled with. What it does not change, it does not set: another tab may have meanwhile. */
export const PrivacyForm = z
  .object({
    visibility: z.enum(['', ...choices.visibility], wrong),
    findable: z.enum(['', ...choices.findable], wrong),
    whoMayWrite: z.enum(['', ...choices.whoMayWrite], wrong),
    shown: z.string(),
  })
  .transform(({ shown, visibility, findable, whoMayWrite }): ChoicesWrite => {
    const before = new URLSearchParams(shown);
    const isSet = (name: keyof PrivacyChoices, value: string) => value !== '' && value !== before.get(name);
    return {
      visibility: visibility !== '' && isSet('visibility', visibility) ? visibility : null,
      findable: findable !== '' && isSet('findable', findable) ? findable : null,
      whoMayWrite: whoMayWrite !== '' && isSet('whoMayWrite', whoMayWrite) ? whoMayWrite : null,
    };
  });

export function formValuesOf({ visibility, findable, whoMayWrite }: PrivacyChoices): FormValues {
  const values = { visibility, findable, whoMayWrite };
  return { ...values, shown: new URLSearchParams(values).toString() };
}
