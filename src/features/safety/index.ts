import type { Feature } from '../../web/feature.ts';

export { eitherIsMinor, sameBand } from './bands.sql.ts';
export { mayContact, mayFind } from './contact.sql.ts';
export { bandChanged, blocked } from './facts.ts';
export { defaultsByBand, type PrivacyDefaults } from './minor-defaults.ts';
export { firstContactPolicy, reportPolicy } from './policy.ts';
export { arePartners, isThere, mayGoOn, mayMeet, visibleTo } from './visible.sql.ts';

export function safetyFeature(): Feature {
  return { name: 'safety' };
}
