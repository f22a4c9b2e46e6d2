import type { FeatureFacts } from '../features.ts';

export const facts: FeatureFacts = {
  memberRoutes: () => [
    { method: 'get', route: '/report', path: '/report?about=person:nobody_called_so' },
    {
      method: 'post',
      route: '/report',
      path: '/report',
      fields: { about: 'person:nobody_called_so', reason: 'insult' },
    },
    { method: 'get', route: '/report/sent', path: '/report/sent' },
  ],
  checks: {
    Block: ['somebody_else'],
    HiddenPerson: ['somebody_else'],
    Partner: ['in_order'],
    Report: ['about_length', 'kind_shape', 'of_somebody_else', 'text_length'],
    SealedWords: ['text_length'],
  },
};
