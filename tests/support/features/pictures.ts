import type { FeatureFacts, MemberRoute } from '../features.ts';

export const facts: FeatureFacts = {
  memberRoutes: () => [
    { method: 'get', route: '/settings/pictures/status', path: '/settings/pictures/status?of=avatar' },
    ...(['/settings/avatar', '/settings/photos'] as const).flatMap((path): MemberRoute[] => [
      { method: 'get', route: path, path },
      { method: 'post', route: path, path },
    ]),
    { method: 'post', route: '/settings/avatar/remove', path: '/settings/avatar/remove' },
    {
      method: 'post',
      route: '/settings/photos/:id/remove',
      path: '/settings/photos/0193a5c2-77f1-7f0b-a1d4-5be0c1de9f42/remove',
    },
    {
      method: 'post',
      route: '/settings/photos/:id',
      path: '/settings/photos/0193a5c2-77f1-7f0b-a1d4-5be0c1de9f42',
      fields: { alt: 'A hat' },
    },
    {
      method: 'post',
      route: '/settings/photos/:id/move',
      path: '/settings/photos/0193a5c2-77f1-7f0b-a1d4-5be0c1de9f42/move',
      fields: { to: 'later' },
    },
    { method: 'get', route: '/media/:key', path: '/media/AAAAAAAAAAAAAAAAAAAAAA.avatar-64.webp' },
  ],
  checks: {
    Picture: ['bounds', 'key_shape'],
  },
};
