import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { done } from '../../../src/kernel/outcome.ts';
import { performer } from '../../../src/live/acts.ts';
import { act, type AnyAct } from '../../../src/web/act.ts';
import { createLog } from '../../../src/platform/watching/log.ts';
import { createTestClock } from '../../support/clock.ts';

const plain = {
  name: 'trial.one',
  route: 'POST /trial',
  access: 'member',
  live: true,
  scope: null,
  input: { shape: { texts: [] }, schema: z.object({}) },
  output: z.object({}),
  refusals: {},
  run: async () => done({}),
  answer: () => ({}),
} as const;

test.each([{ confirmed: true }, { leaves: 'signed-out' }] as const)(
  'an act that needs a page is not for the socket: %j',
  (more) => {
    const acts = [act({ ...plain, ...more }) as unknown as AnyAct];
    const limits = { take: async () => ({ ok: true as const, release: async () => {} }) };
    const given = { acts, limits, isDown: () => false, clock: createTestClock(), log: createLog('silent') };
    expect(() => performer(given)).toThrow('trial.one needs a page');
  },
);
