import type { Level } from '../../profile/index.ts';

export const activeChoices = ['day', 'week', 'month'] as const;
export type ActiveWithin = (typeof activeChoices)[number];

/** What a viewer looks for; nothing set: everybody who fits. All of it stands on the cards. */
export interface Filters {
  learn: string; // one of the viewer's languages; '': all
  levels: readonly Level[];
  country: string;
  interests: readonly string[];
  active: ActiveWithin | '';
  name: string; // its beginning
}

/** Everybody who fits. */
export const anybody: Filters = { learn: '', levels: [], country: '', interests: [], active: '', name: '' };

export function isFiltered({ levels, country, interests, active, name }: Filters): boolean {
  return [levels.length, country, interests.length, active, name].some(Boolean);
}
