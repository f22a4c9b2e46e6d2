import type { FormRules } from '../../../web/forms/form-rules.ts';
import type { MemberLimit } from '../../../web/request/limit.ts';
import { changesPolicy } from '../policy.ts';

/** All that is changed in the settings is counted together. */
export const changesLimit: MemberLimit = { name: 'changes', rules: changesPolicy };

/** `page`: where it stands. */
export function settingsForm(
  page: NonNullable<FormRules['page']>,
  more: Omit<FormRules, 'page' | 'limit'> = {},
): FormRules {
  return { page, limit: changesLimit, ...more };
}
