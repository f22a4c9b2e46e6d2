import { expect, test } from '@jest/globals';
import { activityPolicy, clocksApart, findingPolicy, weights } from '../../../src/features/people/policy.ts';
import { orderInWords } from '../../../src/features/people/index.ts';
import { days, hours } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { textOf, visitor } from '../../support/visitor.ts';
import { english } from '../../support/words.ts';

const house = await houseOfThisFile({ jobs: false });
const all = Object.keys(weights) as (keyof typeof weights)[];

function sentences(of: Readonly<Record<string, number>> = weights): string[] {
  return orderInWords({ ...weights, ...of }).weighed.map((sentence) => english.say(sentence));
}

async function toldOnTerms() {
  const { html } = await visitor(house).get('/terms');
  const [, section = ''] = /<section aria-labelledby="order">([^]*?)<\/section>/.exec(html) ?? [];
  return {
    text: textOf(section),
    weighed: [...section.matchAll(/<li>([^]*?)<\/li>/g)].map(([, said]) => textOf(said!)),
  };
}

test.each(all)('the weight "%s" has its sentence on /terms', async (weight) => {
  const { weighed } = await toldOnTerms();
  expect(weighed).toEqual(sentences());
  const changed = sentences({ ...weights, [weight]: weights[weight] + 0.5 });
  expect(changed.filter((sentence) => !weighed.includes(sentence))).toHaveLength(1);
});

test('what gives the most points is told first', async () => {
  const { weighed } = await toldOnTerms();
  const points = weighed.map((sentence) => {
    const [, said, less] = /^(\d+) points?( less)?/.exec(sentence)!;
    return less ? -Number(said) : Number(said);
  });
  expect(points).toEqual(points.toSorted((one, other) => other - one));
  expect(all.map((weight) => weights[weight] as number)).toEqual(expect.arrayContaining(points));
});

test('numbers are those of the policy', async () => {
  const { text } = await toldOnTerms();
  const said = [
    `see ${findingPolicy.window} people at a time`,
    `for ${activityPolicy.dormantAfter / days(1)} days comes last`,
    `in their first ${activityPolicy.newcomerFor / hours(1)} hours`,
    `up to ${findingPolicy.newcomers} of those whom nobody has seen today`,
    `here within ${activityPolicy.step / hours(1)} hours`,
    `one less for each ${activityPolicy.step / hours(1)} hours more`,
    `at most ${clocksApart.close / hours(1)} hours apart`,
    `at most ${clocksApart.far / hours(1)} hours`,
    `for at most ${weights.mostInterests} of them`,
  ];
  for (const part of said) expect(text).toContain(part);
});
