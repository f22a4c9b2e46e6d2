import type { FeatureFacts } from '../features.ts';

export const facts: FeatureFacts = {
  memberRoutes: ({ username }) => [
    { method: 'get', route: '/safety/parted', path: '/safety/parted' },
    { method: 'post', route: '/safety/parted/read', path: '/safety/parted/read', fields: { username } },
  ],
};
