import { right } from '../devices.ts';
import type { FeatureFacts } from '../features.ts';

export const facts: FeatureFacts = {
  memberRoutes: () => [
    { method: 'get', route: '/settings/account', path: '/settings/account' },
    { method: 'get', route: '/settings/account/export', path: '/settings/account/export' },
    { method: 'get', route: '/settings/account/export.json', path: '/settings/account/export.json' },
    { method: 'get', route: '/settings/account/export.zip', path: '/settings/account/export.zip' },
    { method: 'post', route: '/settings/account/export', path: '/settings/account/export' },
    {
      method: 'post',
      route: '/settings/account/delete',
      path: '/settings/account/delete',
      fields: { currentPassword: right },
    },
  ],
};
