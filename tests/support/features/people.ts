import type { FeatureFacts } from '../features.ts';

export const facts: FeatureFacts = {
  memberRoutes: () => [{ method: 'get', route: '/people', path: '/people' }],
  leaveTraces: async (who) => void (await who.get('/people')),
  checks: { PersonActivity: ['shown_range', 'utcOffset_range'] },
};
