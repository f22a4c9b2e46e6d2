import { describe, expect, test } from '@jest/globals';
import { wordDifference } from '../../../../src/features/chat/messages/word-difference.ts';

/** "[-taken out-]" and "{+put in+}". */
function marked(before: string, after: string, language: string | null = null): [string, string] | null {
  const found = wordDifference(before, after, language);
  if (!found) return null;
  const said = (parts: { text: string; changed: boolean }[], [open, close]: [string, string]) =>
    parts.map(({ text, changed }) => (changed ? `${open}${text}${close}` : text)).join('');
  return [said(found.before, ['[-', '-]']), said(found.after, ['{+', '+}'])];
}

test.each([
  ['en', 'I have see him.', 'I have seen him.', 'I have [-see-] him.', 'I have {+seen+} him.'],
  [
    'de',
    'Gestern ich bin gegangen',
    'Gestern bin ich gegangen',
    'Gestern [-ich-] bin gegangen',
    'Gestern bin {+ich+} gegangen',
  ],
  [
    'ja',
    '私は昨日学校が行きました。',
    '私は昨日学校に行きました。',
    '私は昨日学校[-が-]行きました。',
    '私は昨日学校{+に+}行きました。',
  ],
  ['zh', '我昨天去学校了吗', '我昨天去学校了', '我昨天去学校了[-吗-]', '我昨天去学校了'],
  ['th', 'ฉันไปตลาดเมื่อวาน', 'ฉันไปโรงเรียนเมื่อวาน', 'ฉันไป[-ตลาด-]เมื่อวาน', 'ฉันไป{+โรงเรียน+}เมื่อวาน'],
  [
    'ar',
    'أنا ذهبت إلى مدرسة أمس',
    'أنا ذهبت إلى المدرسة أمس',
    'أنا ذهبت إلى [-مدرسة-] أمس',
    'أنا ذهبت إلى {+المدرسة+} أمس',
  ],
  ['en', 'Thanks 👍 a lot', 'Thanks 👍🏽 a lot', 'Thanks [-👍-] a lot', 'Thanks {+👍🏽+} a lot'],
])('%s: %s → %s', (language, before, after, out, put) => {
  expect(marked(before, after, language)).toEqual([out, put]);
});

describe('marks', () => {
  test('are one where only a space stands between two', () => {
    expect(marked('Yo soy muy cansado hoy', 'Yo estoy muy cansado hoy')).toEqual([
      'Yo [-soy-] muy cansado hoy',
      'Yo {+estoy+} muy cansado hoy',
    ]);
    expect(marked('It was a very big old house then', 'It was the small new house then')).toEqual([
      'It was [-a very big old-] house then',
      'It was {+the small new+} house then',
    ]);
  });

  test('are none where both are the same, however their letters are stored', () => {
    expect(marked('Cafe\u0301 bitte', 'Caf\u00e9 bitte')).toEqual(['Caf\u00e9 bitte', 'Caf\u00e9 bitte']);
  });

  test('are none where most is new', () => {
    expect(marked('Ich weiß nicht wie man sagt das', 'Mir fehlt gerade das Wort dafür.')).toBeNull();
  });
});

test('long texts that have nothing in common keep nobody waiting', () => {
  for (const words of [1_200, 10_000]) {
    const [one, other] = ['a', 'b'].map((letter) =>
      Array.from({ length: words }, (_, n) => `${letter}${n}`).join(' '),
    );
    const began = performance.now();
    expect(wordDifference(one!, other!, 'en')).toBeNull();
    expect(performance.now() - began).toBeLessThan(500);
  }
});
