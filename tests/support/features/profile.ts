import type { FeatureFacts } from '../features.ts';

export const facts: FeatureFacts = {
  memberRoutes: ({ username }) => [
    { method: 'get', route: '/profile', path: '/profile' },
    { method: 'get', route: '/people/:username', path: `/people/${username}` },
    {
      method: 'post',
      route: '/profile/next-step',
      path: '/profile/next-step',
      fields: { step: 'picture' },
    },
    { method: 'get', route: '/settings', path: '/settings' },
    { method: 'get', route: '/settings/profile', path: '/settings/profile' },
    {
      method: 'post',
      route: '/settings/profile',
      path: '/settings/profile',
      fields: { displayName: 'Somebody else', bio: '', country: 'FR' },
    },
    { method: 'get', route: '/settings/languages', path: '/settings/languages' },
    {
      method: 'post',
      route: '/settings/languages',
      path: '/settings/languages',
      fields: { nativeLanguage: 'fr', learningLanguages: ['it'] },
    },
  ],
  checks: {
    UserLanguage: ['code_shape', 'level_of_learning', 'position_bounds'],
    UserInterest: ['bounds'],
  },
};
