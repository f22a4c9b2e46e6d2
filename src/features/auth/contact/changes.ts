import { hours } from '../../../kernel/clock.ts';
import type { Limited } from '../../../platform/limits/limits.ts';
import { contactPolicy } from '../policy.ts';

export type ChangeKind = 'added' | 'changed' | 'removed';
export function changeKind({ oldKey, newKey }: { oldKey: string | null; newKey: string | null }): ChangeKind {
  return oldKey === null ? 'added' : newKey === null ? 'removed' : 'changed';
}

export const undoHours = contactPolicy.undoLifetime / hours(1);

export function contactChangeLimit(userId: string): Limited {
  return { key: `contact-changes:${userId}`, rules: contactPolicy.perAccount };
}
