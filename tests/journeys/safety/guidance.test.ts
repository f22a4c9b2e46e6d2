import { expect, test } from '@jest/globals';
import { firstContactPolicy } from '../../../src/features/safety/policy.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('/safety says first where to call, and holds a place for each thing that other pages lead to', async () => {
  const { html } = await visitor(house).get('/safety');
  expect(html.indexOf('href="#emergency"')).toBeLessThan(html.indexOf('<h2'));
  for (const id of ['age', 'write', 'block', 'report', 'parents', 'emergency'])
    expect([id, html.includes(`<h2 id="${id}">`)]).toEqual([id, true]);
  expect(html).toContain('<a href="tel:112"><b>112</b></a> in Austria, ');
  expect(html).toContain(
    'Japan: police <a href="tel:110"><b>110</b></a>, ambulance <a href="tel:119"><b>119</b></a>',
  );
});

test('/safety and /rules tell the numbers of the law by which first contact is bounded', async () => {
  const { most, mostOfMinors, mostWhenNew, mostWhenSlowed, declinesThatSlow, blocksThatSlow, graphemes } =
    firstContactPolicy;
  expect([most, mostOfMinors, mostWhenNew, mostWhenSlowed, declinesThatSlow, blocksThatSlow]).toEqual([
    10, 5, 3, 2, 5, 3,
  ]);
  const safety = textOf((await visitor(house).get('/safety')).html);
  expect(safety).toContain(`one message of up to ${graphemes} characters`);
  expect(safety).toContain(
    "10 new people at most, or 5 if you're under 18. In an account's first 24 hours, it's 3.",
  );
  const rules = (await visitor(house).get('/rules')).html;
  const [, list = ''] = /<ol>([^]*?)<\/ol>/.exec(rules) ?? [];
  const sentences = [...list.matchAll(/<li>([^]*?)<\/li>/g)].map(([, text]) => textOf(text!));
  expect(sentences).toHaveLength(10);
  for (const sentence of sentences) expect(sentence).toMatch(/^[^.!?]+\.$/);
  expect(textOf(rules)).toContain('After 5 declines or 3 blocks within 24 hours');
});

test('a visitor finds /safety in the header of every page', async () => {
  const ann = visitor(house);
  for (const path of ['/', '/login', '/sign-up', '/rules']) {
    const [, header = ''] = /<header([^]*)<\/header>/.exec((await ann.get(path)).html) ?? [];
    expect([path, header.includes('href="/safety"')]).toEqual([path, true]);
  }
});
