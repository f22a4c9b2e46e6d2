import { newEmail } from './contacts.ts';
import { newMobile } from './joining.ts';
import { another } from './recovering.ts';
import { right } from './devices.ts';
import type { TestHouse } from './house.ts';
import { routesOfApp } from '../../src/web/routes.ts';
import type { Fields } from './visitor.ts';

export interface MemberRoute {
  method: 'get' | 'post';
  /** As Express has it: "/people/:username". */
  route: string;
  /** What a browser asks for. */
  path: string;
  /** A form that would be carried out. */
  fields?: Fields;
}

/** Every route that is for signed-in people only. `username` and `handle` are of the person and another session of theirs. */
export const memberRoutes = ({ username, handle }: { username: string; handle: string }): MemberRoute[] => [
  { method: 'get', route: '/profile', path: '/profile' },
  { method: 'get', route: '/people/:username', path: `/people/${username}` },
  { method: 'get', route: '/settings', path: '/settings' },
  { method: 'get', route: '/settings/security', path: '/settings/security' },
  { method: 'get', route: '/settings/password', path: '/settings/password' },
  {
    method: 'post',
    route: '/settings/password',
    path: '/settings/password',
    fields: { currentPassword: right, password: another, passwordConfirmation: another },
  },
  { method: 'get', route: '/settings/confirm', path: '/settings/confirm' },
  {
    method: 'post',
    route: '/settings/confirm',
    path: '/settings/confirm',
    fields: { currentPassword: right },
  },
  {
    method: 'post',
    route: '/settings/sessions/revoke-others',
    path: '/settings/sessions/revoke-others',
  },
  {
    method: 'post',
    route: '/settings/sessions/:id/revoke',
    path: `/settings/sessions/${handle}/revoke`,
  },
  { method: 'get', route: '/settings/contact', path: '/settings/contact' },
  {
    method: 'post',
    route: '/settings/contact/email',
    path: '/settings/contact/email',
    fields: { email: newEmail(), currentPassword: right },
  },
  {
    method: 'post',
    route: '/settings/contact/mobile',
    path: '/settings/contact/mobile',
    fields: { mobileCountry: 'DE', mobile: newMobile(), currentPassword: right },
  },
  ...(['email', 'mobile'] as const).map((channel): MemberRoute => {
    const path = `/settings/contact/${channel}/remove`;
    return { method: 'post', route: path, path, fields: { currentPassword: right } };
  }),
  { method: 'get', route: '/settings/contact/code', path: '/settings/contact/code' },
  {
    method: 'post',
    route: '/settings/contact/code',
    path: '/settings/contact/code',
    fields: { code: '123456' },
  },
  { method: 'get', route: '/settings/contact/code/status', path: '/settings/contact/code/status' },
  { method: 'post', route: '/settings/contact/code/resend', path: '/settings/contact/code/resend' },
  { method: 'post', route: '/settings/contact/cancel', path: '/settings/contact/cancel' },
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
];

/** Every "GET /path" and "POST /path" that the site's routers answer. */
export const routesOf = ({ house }: TestHouse): string[] =>
  routesOfApp(house.app).map(({ method, path }) => `${method} ${path}`);
