import { hours } from '../../../kernel/clock.ts';
import type { Limited } from '../../../platform/limits/limits.ts';
import { contactPolicy } from '../policy.ts';

/** What was done to a channel's contact, of what it led to before and afterwards. */
export type ChangeKind = 'added' | 'changed' | 'removed';
export function changeKind({ oldKey, newKey }: { oldKey: string | null; newKey: string | null }): ChangeKind {
  return oldKey === null ? 'added' : newKey === null ? 'removed' : 'changed';
}

/** For how long a change can be undone, for sentences. */
export const undoHours = contactPolicy.undoLifetime / hours(1);

/** How often an account may change its contacts. */
export function changesOf(userId: string): Limited {
  return { key: `contact-changes:${userId}`, rules: contactPolicy.perAccount };
}
