import { z } from 'zod';
import { issue } from '../../../kernel/message.ts';
import type { FormShape, FormValues } from '../../../web/forms/forms.ts';
import type { ChoicesWrite, PrivacyChoices } from './privacy-settings.store.ts';

/** What can be chosen, in the order of the page. */
export const choices = {
  visibility: ['members', 'nobody'],
  findable: ['band', 'matches', 'nobody'],
  whoMayWrite: ['band', 'matches', 'nobody'],
  presence: ['on', 'off'],
  receipts: ['on', 'off'],
} as const satisfies { [Key in keyof PrivacyChoices]: readonly PrivacyChoices[Key][] };

/** In the order of the page. */
export const choiceNames = Object.keys(choices) as (keyof typeof choices)[];

export const privacyShape: FormShape = { texts: [...choiceNames, 'shown'] };

const wrong = issue('safety.privacy.error');

/** `shown`: what the page was filled with. What it does not change, it does not set: another tab may have meanwhile. */
export const PrivacyForm = z
  .object({
    visibility: z.enum(['', ...choices.visibility], wrong),
    findable: z.enum(['', ...choices.findable], wrong),
    whoMayWrite: z.enum(['', ...choices.whoMayWrite], wrong),
    presence: z.enum(['', ...choices.presence], wrong),
    receipts: z.enum(['', ...choices.receipts], wrong),
    shown: z.string(),
  })
  .transform(({ shown, ...chosen }): ChoicesWrite => {
    const before = new URLSearchParams(shown);
    const set = <Name extends keyof PrivacyChoices>(name: Name) =>
      chosen[name] === '' || chosen[name] === before.get(name)
        ? null
        : (chosen[name] as PrivacyChoices[Name]);
    return {
      visibility: set('visibility'),
      findable: set('findable'),
      whoMayWrite: set('whoMayWrite'),
      presence: set('presence'),
      receipts: set('receipts'),
    };
  });

export function formValuesOf(chosen: PrivacyChoices): FormValues {
  const { visibility, findable, whoMayWrite, presence, receipts } = chosen;
  const values = { visibility, findable, whoMayWrite, presence, receipts };
  return { ...values, shown: new URLSearchParams(values).toString() };
}
