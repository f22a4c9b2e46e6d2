import { expect, test } from '@jest/globals';
import { dayOfLooks, excess } from '../support/fairness/day.ts';
import { populationsOf } from '../support/fairness/populations.ts';
import { twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
/** Few languages, so that few people have more matches than a page shows; `npm run bench -- people` has sixty. */
const [languages, people] = [8, 300];
const populations = populationsOf(languages);

test.each(populations.map((one) => [one.name, one] as const))(
  'with languages %s, all are shown nearly as evenly as can be, and every newcomer',
  async (_name, population) => {
    const day = await dayOfLooks(nodes, population, people);
    expect(day.newcomers.wanted).toBeGreaterThan(5);
    expect(day.newcomers.unseen).toBe(0);
    expect(excess(day)).toBeLessThanOrEqual(1.25);
  },
  180_000,
);

test('without counting how often somebody was shown they would not be', async () => {
  expect(excess(await dayOfLooks(nodes, populations[1]!, people, { counts: false }))).toBeGreaterThan(1.25);
}, 180_000);
