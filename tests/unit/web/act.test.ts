import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { verbatim } from '../../../src/kernel/message.ts';
import { done, type Outcome, refused, type Refusal } from '../../../src/kernel/outcome.ts';
import { act, type AnyAct, noInput, problemOf } from '../../../src/web/act.ts';

const common = {
  name: 'tea.make',
  route: 'POST /tea',
  access: 'member',
  scope: null,
  input: noInput,
  output: z.object({ cups: z.int() }),
  answer: ({ cups }: { cups: number }) => ({ cups }),
} as const;

type Made = Outcome<{ cups: number }, 'no-water' | Refusal<'too-hot', { degrees: number }>>;
async function run(): Promise<Made> {
  return done({ cups: 2 });
}

const tea = act({
  ...common,
  refusals: { 'no-water': 409, 'too-hot': 429 },
  run,
  tell: (refusal) =>
    refusal.reason === 'too-hot' ? verbatim(`It has ${refusal.degrees} degrees.`) : verbatim('No water.'),
});

test('a refusal has its status, its reason, its sentence and its wait', () => {
  expect(problemOf(tea, refused('no-water'))).toMatchObject({
    status: 409,
    reason: 'no-water',
    said: verbatim('No water.'),
  });
  const hot = refused('too-hot', { degrees: 90, retryInMs: 1_500 });
  expect(problemOf(tea, hot)).toMatchObject({
    status: 429,
    said: verbatim('It has 90 degrees.'),
    retryAfter: 1.5,
  });
});

/** Held by the types alone: `npm run types` fails where one of these would compile. */
test('what does not fit does not compile', () => {
  const uses = (used: AnyAct) => used.name;
  // @ts-expect-error -- a reason without its status
  uses(act({ ...common, refusals: { 'no-water': 409 }, run }));
  // @ts-expect-error -- a status without its reason
  uses(act({ ...common, refusals: { 'no-water': 409, 'too-hot': 429, cold: 400 }, run }));
  // @ts-expect-error -- no status of a refusal
  uses(act({ ...common, refusals: { 'no-water': 200, 'too-hot': 429 }, run }));
  // @ts-expect-error -- an answer that its output does not have
  uses(act({ ...common, refusals: { 'no-water': 409, 'too-hot': 429 }, run, answer: () => ({ pots: 1 }) }));
  expect(uses(tea)).toBe('tea.make');
});
