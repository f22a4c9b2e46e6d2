import { z } from 'zod';
import { minutes } from '../../../src/kernel/clock.ts';
import { unavailable } from '../../../src/kernel/errors.ts';
import { message, verbatim } from '../../../src/kernel/message.ts';
import { done, type Outcome, refused, signedOut, type SignedOut } from '../../../src/kernel/outcome.ts';
import type { Live } from '../../../src/live/live.ts';
import { act } from '../../../src/web/act.ts';
import type { Feature } from '../../../src/web/feature.ts';

/** A feature as those are that use the socket. */
export function planted({ live }: { live: Live }): Feature[] {
  const input = {
    shape: { texts: ['text', 'to'] },
    schema: z.object({ text: z.string().min(1).max(100), to: z.string() }),
  };
  const say = act({
    name: 'trial.say',
    route: 'POST /trial',
    access: 'member',
    live: true,
    scope: null,
    input,
    output: z.object({ text: z.string(), by: z.string() }),
    refusals: { nobody: 404, 'signed-out': 401 },
    run: async (viewer, { text, to }): Promise<Outcome<string[], 'nobody' | SignedOut>> => {
      if (text === 'fault') throw new Error('planted');
      if (text === 'away') throw unavailable(message('web.error.down'));
      if (text === 'gone') return signedOut;
      if (to === 'nobody') return refused('nobody', { retryInMs: 1_000 });
      live.tell(to === '' ? viewer.id : to, 'trial.said', { text });
      return done([text, viewer.id]);
    },
    answer: ([text, by]: string[]) => ({ text: text!, by: by!, secret: 'stays here' }),
    tell: () => verbatim('There is nobody of that name.'),
  });
  const seldom = act({
    name: 'trial.seldom',
    route: 'POST /trial/seldom',
    access: 'member',
    live: true,
    scope: null,
    limits: [{ name: 'trial', rules: [{ window: minutes(1), max: 2 }] }],
    input: { shape: { texts: [] }, schema: z.object({}) },
    output: z.object({}),
    refusals: {},
    run: async () => done({}),
    answer: () => ({}),
  });
  const byPage = act({
    name: 'trial.page',
    route: 'POST /trial/page',
    access: 'member',
    scope: null,
    input: { shape: { texts: [] }, schema: z.object({}) },
    output: z.object({}),
    refusals: {},
    run: async () => done({}),
    answer: () => ({}),
  });
  const trial: Feature = {
    name: 'trial',
    acts: [say, seldom, byPage],
    hints: {
      'trial.said': (data) => {
        const { text } = data as { text: string };
        if (text === 'undrawable') throw new Error('planted');
        return text === 'plain'
          ? null
          : { view: 'partials/notice', model: { kind: 'info', text: message('web.api.refused') } };
      },
    },
  };
  return [trial];
}
