import { minutes } from '../../../kernel/clock.ts';
import type { Facts, FoundPerson, OwnLanguage } from './people.store.ts';
import { clocksApart, weights } from '../policy.ts';
import type { Fit } from './fit.ts';

export const reasons = ['near', 'level', 'interests', 'awake', 'newcomer', 'active'] as const;
export type Reason = (typeof reasons)[number];

export interface SuggestedPerson extends FoundPerson {
  fit: Fit;
  reasons: readonly Reason[];
}

export interface PeoplePage {
  people: SuggestedPerson[];
  /** With too few matches: who fits one way. */
  oneWay: SuggestedPerson[];
  /** The viewer is, so nobody finds them either. */
  hidden: boolean;
  /** Whether lists may ask when people of this band were here. */
  showsActivity: boolean;
  /** What the viewer speaks and learns, in their order. */
  mine: readonly OwnLanguage[];
  next: string | null;
}

/** Why somebody stands where they stand, the most telling first. */
export function reasonsOf(
  { near, levelsApart, common, minutesApart, newcomer, steps }: Facts,
  showsActivity: boolean,
): Reason[] {
  const holds: Record<Reason, boolean> = {
    near,
    level: levelsApart !== null && levelsApart <= 1,
    interests: common.length > 0,
    awake: minutesApart !== null && minutesApart <= clocksApart.close / minutes(1),
    newcomer,
    active: showsActivity && steps < weights.active,
  };
  return reasons.filter((reason) => holds[reason]);
}
