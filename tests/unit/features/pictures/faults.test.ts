import { expect, test } from '@jest/globals';
import { refusalText } from '../../../../src/features/pictures/pictures.ts';
import { pictureFaults } from '../../../../src/platform/pictures/picture-faults.ts';
import { english } from '../../../support/words.ts';

test('every reason why a picture is refused has a plain sentence of its own', () => {
  const sentences = [...pictureFaults, 'unfinished'].map((reason) => english.say(refusalText(reason)));
  expect(new Set(sentences).size).toBe(sentences.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].{20,120}\.$/);
});

test('what a later release may call a reason is told as ours', () => {
  expect(english.say(refusalText('__proto__'))).toBe(
    "We couldn't process this picture. Please send it again.",
  );
});
