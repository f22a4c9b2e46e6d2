import { expect, test } from '@jest/globals';
import { keysOf } from '../../../../src/kernel/text/keyboards.ts';

test.each([
  ['Russian', 'пароль', 'gfhjkm'],
  ['Russian, capitals and digits', 'Пароль12', 'gfhjkm12'],
  ['Russian, ё', 'ёлка', '`krf'],
  ['Ukrainian', 'привіт', 'ghbdsn'],
  ['Bulgarian', 'уеишщ', 'werty'],
  ['Serbian', 'љњертз', 'qwerty'],
  ['Greek', 'ςερτυ', 'werty'],
  ['Hebrew', 'קראטון', 'ertyui'],
  ['Arabic', 'ضصثقفغ', 'qwerty'],
  ['Persian', 'شسیبلا', 'asdfgh'],
  ['Korean syllables', '비밀번호', 'qlalfqjsgh'],
  ['Korean syllables in pieces', '비밀번호'.normalize('NFD'), 'qlalfqjsgh'],
  ['Korean syllables with two consonants at the end', '닭값', 'ekfrrkqt'],
  ['Korean letters', 'ㅂㅈㄷㄱㅅㅛㅕㅑ', 'qwertyui'],
  ['Thai', 'ฟหกด', 'asdf'],
  ['Hindi', 'ौैाी', 'qwer'],
  ['Georgian', 'ქწერტყ', 'qwerty'],
  ['Japanese kana', 'たていすかん', 'qwerty'],
  ['Chinese bopomofo', 'ㄆㄊㄍㄐㄔㄗ', 'qwerty'],
  ['German', 'äöü', "';["],
  ['Spanish', 'lñ', 'l;'],
  ['Turkish', 'ıopğü', 'iop[]'],
])('%s: the Latin keys of %s are %s', (_, text, keys) => {
  expect(keysOf(text)).toContain(keys);
});

test.each([
  ['Latin letters', 'password'],
  ['letters of two scripts', 'парольκωδικος'],
  ['characters that no key has', '密码'],
  ['pictures', '🦊🐙'],
  ['nothing', ''],
])('%s have no other keys', (_, text) => {
  expect(keysOf(text)).toEqual([]);
});
