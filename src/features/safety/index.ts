import type { Feature } from '../../web/feature.ts';

export { visibleTo } from './visible.sql.ts';

export function safetyFeature(): Feature {
  return { name: 'safety' };
}
