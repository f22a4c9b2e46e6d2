import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { usernameSkeleton } from '../../../../src/kernel/text/look-alikes.ts';

test.each([
  ['lucia', 'iucia', 'luc1a', 'lucla', 'l_u.cia'],
  ['quentin.lane', 'quentin_lane', 'quentinlane', 'quent1n.iane'],
  ['oscar', '0scar'],
  ['marnie', 'rnarnie', 'mamie', 'rna_mie'],
  ['wim', 'vvim', 'vvirn', 'v.vim'],
  ['vvva', 'wva', 'vwa'],
])('%s looks like %s', (one, ...others) => {
  for (const other of others)
    expect([other, usernameSkeleton(other)]).toEqual([other, usernameSkeleton(one)]);
});

test.each([
  ['lucia', 'luda'],
  ['clara', 'dara'],
  ['lucia', 'lucio'],
  ['ann5', 'anns'],
  ['mika', 'mike'],
])('%s does not look like %s', (one, other) => {
  expect(usernameSkeleton(one)).not.toBe(usernameSkeleton(other));
});

test('likeness is likeness, however often and wherever a pair is exchanged', () => {
  const alike = ['l1iI', '0o', '._'].map((letters) => fc.constantFrom(...letters.split('')));
  const pairs = [fc.constantFrom('m', 'rn'), fc.constantFrom('w', 'vv')];
  const part = fc.oneof(...alike, ...pairs, fc.constantFrom('v', 'r', 'n', 'a', 'c', 'd'));
  const twice = fc.array(
    part.chain((text) => fc.tuple(fc.constant(text), sameLooks(text))),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(twice, (parts) => {
      const [one, other] = [0, 1].map((n) =>
        parts
          .map((both) => both[n])
          .join('')
          .toLowerCase(),
      );
      expect(usernameSkeleton(other!)).toBe(usernameSkeleton(one!));
    }),
    { numRuns: 2_000 },
  );
});

function sameLooks(text: string): fc.Arbitrary<string> {
  const kinds = [
    ['l', '1', 'i', 'I'],
    ['0', 'o'],
    ['.', '_', ''],
    ['m', 'rn'],
    ['w', 'vv'],
  ];
  return fc.constantFrom(...(kinds.find((kind) => kind.includes(text)) ?? [text]));
}
