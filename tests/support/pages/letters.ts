const code = { code: '012345', reference: 'KFR', minutes: 10, site: 'ChatLink' };
const exists = { reference: 'KFR', site: 'ChatLink', loginUrl: 'https://chatlink.example/login' };

/** Every letter with a model that fits all of its parts. */
export const letters = [
  {
    name: 'mail/sign-up-code',
    parts: ['subject', 'text', 'html'],
    model: { ...code, url: 'https://chatlink.example' },
  },
  { name: 'mail/account-exists', parts: ['subject', 'text', 'html'], model: exists },
  { name: 'sms/sign-up-code', parts: ['text'], model: { ...code, host: 'chatlink.example' } },
  { name: 'sms/account-exists', parts: ['text'], model: exists },
] as const;
