import { describe, expect, test } from '@jest/globals';
import { createMakers } from '../../../../src/platform/picture-apart.ts';
import { pictureRules } from '../../../../src/platform/picture-rules.ts';
import { usageOf } from '../../../../src/platform/process-usage.ts';
import { together } from '../../../support/many.ts';
import { blackPng, jpegOf } from '../../../support/pictures.ts';

const outcome = (answer: object): unknown => ('fault' in answer ? answer.fault : 'made');
const limits = { ...pictureRules, watchEvery: 5 };

describe('a picture is made apart', () => {
  test('and what takes too much memory is ended', async () => {
    const makers = createMakers({ ...limits, maxMemory: 1024 * 1024 });
    expect(outcome(await makers.make(blackPng(4_000, 4_000), 'photo'))).toBe('too-heavy');
  });

  test('and what takes too long is ended, by the time it has of a processor', async () => {
    const makers = createMakers({ ...limits, maxTime: 1 });
    expect(outcome(await makers.make(blackPng(6_000, 6_000), 'photo'))).toBe('too-slow');
  });

  test('and the next one is made in spite of that, by the same makers', async () => {
    const makers = createMakers(limits);
    const jpeg = await jpegOf();
    const answers = await together(6, (n) => makers.make(n % 2 ? jpeg : Buffer.from('nothing'), 'avatar'));
    expect(answers.map(outcome)).toEqual(['broken', 'made', 'broken', 'made', 'broken', 'made']);
    expect(outcome(await makers.make(jpeg, 'photo'))).toBe('made');
  });
});

test('what a process has taken is known', () => {
  const before = usageOf(process.pid)!;
  for (let n = 0, end = performance.now() + 60; performance.now() < end; n++) Math.sqrt(n);
  const after = usageOf(process.pid)!;
  expect(after.cpu).toBeGreaterThan(before.cpu);
  expect(Math.abs(after.memory - process.memoryUsage().rss)).toBeLessThan(50 * 1024 * 1024);
  expect(usageOf(2 ** 30)).toBeNull();
});
