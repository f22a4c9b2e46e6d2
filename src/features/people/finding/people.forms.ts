import { z } from 'zod';
import { isInterest } from '../../../kernel/interests.ts';
import { isLanguage } from '../../../kernel/languages/codes.ts';
import { isCountry } from '../../../kernel/places.ts';
import type { FormShape } from '../../../web/forms/forms.ts';
import { levels } from '../../profile/index.ts';
import { nameLimits } from '../policy.ts';
import { activeChoices } from './filters.ts';

export const findShape: FormShape = {
  texts: ['learn', 'country', 'active', 'name', 'after'],
  lists: ['level', 'interest'],
};

/** What is no choice of ours in an address, of an older release or mistyped, is as if it were not there. */
function known(isOurs: (said: string) => boolean) {
  return z.string().transform((said) => (isOurs(said) ? said : ''));
}

export const FindForm = z
  .object({
    learn: known(isLanguage),
    country: known(isCountry),
    active: z.enum(['', ...activeChoices]).catch(''),
    name: z.string().transform((said) => said.trim().replace(/^@/, '').slice(0, nameLimits.units)),
    after: z.string(),
    level: z.array(z.string()),
    interest: z.array(z.string()),
  })
  .transform(({ level, interest, ...rest }) => ({
    ...rest,
    levels: levels.filter((one) => level.includes(one)),
    interests: [...new Set(interest.filter(isInterest))],
  }));
