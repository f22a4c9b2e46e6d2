import type { FeatureFacts } from '../features.ts';

export const facts: FeatureFacts = {
  memberRoutes: () => [
    { method: 'get', route: '/appeal', path: '/appeal' },
    {
      method: 'post',
      route: '/appeal',
      path: '/appeal',
      fields: { decision: '019ab0c1-0000-7000-8000-000000000001', text: 'It was a joke.' },
    },
  ],
  checks: {
    DeskAudit: ['act_shape'],
    DeskDecision: [
      'answer_length',
      'answered_by_another',
      'appeal_length',
      'fact_length',
      'of_somebody_else',
      'old_enough',
      'second_person',
    ],
  },
};
