import { newEmail } from '../contacts.ts';
import { right } from '../devices.ts';
import { newMobile } from '../joining.ts';
import { another } from '../recovering.ts';
import type { FeatureFacts, MemberRoute } from '../features.ts';

export const facts: FeatureFacts = {
  memberRoutes: ({ handle }) => [
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
    { method: 'get', route: '/settings/second-factor', path: '/settings/second-factor' },
    {
      method: 'post',
      route: '/settings/second-factor',
      path: '/settings/second-factor',
      fields: { code: '123456', currentPassword: right },
    },
    ...(['recovery', 'remove'] as const).flatMap((act): MemberRoute[] => {
      const path = `/settings/second-factor/${act}`;
      return [
        { method: 'get', route: path, path },
        { method: 'post', route: path, path, fields: { currentPassword: right } },
      ];
    }),
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
  ],
  checks: {
    User: [
      'bio_length',
      'country_shape',
      'dismissedSteps_known',
      'displayName_length',
      'emailKey_folded',
      'email_length',
      'leaving_pair',
      'locale_shape',
      'password_hashed',
      'phone_e164',
      'usernameKey_folded',
      'username_pattern',
      'verified_contact',
      'timeZone_length',
    ],
    RegistrationOtp: [
      'attempts_bounds',
      'destination_shape',
      'expiry_order',
      'reference_shape',
      'sends_bounds',
    ],
    PasswordResetOtp: [
      'attempts_bounds',
      'destination_length',
      'expiry_order',
      'owner',
      'reference_shape',
      'sends_bounds',
    ],
    ContactChangeOtp: [
      'attempts_bounds',
      'destination_shape',
      'expiry_order',
      'reference_shape',
      'sends_bounds',
    ],
    PasswordResetLink: ['expiry_order'],
    SecurityEvent: ['device_length'],
  },
};
