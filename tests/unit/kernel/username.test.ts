import { describe, expect, test } from '@jest/globals';
import { parseUsername, usernameKeyOf } from '../../../src/kernel/username.ts';

test.each([
  ['ann', 'ann'],
  ['Ann', 'ann'],
  ['  Ann_Lee ', 'ann_lee'],
  ['a.b.c', 'a.b.c'],
  ['a_._b', 'a_._b'],
  ['x9', null],
  ['x99', 'x99'],
  ['a'.repeat(30), 'a'.repeat(30)],
  ['adminton', 'adminton'],
  ['linklater', 'linklater'],
  ['helpful_ann', 'helpful_ann'],
  ['staffan', 'staffan'],
  ['ann.lee', 'ann.lee'],
  ['com.ann', 'com.ann'],
  ['anncom', 'anncom'],
  ['ann_com', 'ann_com'],
  ['alice\u200b', 'alice'],
  ['\u202aalice\u202c', 'alice'],
  ['ali\u00adce', 'alice'],
  ['reza۱۳۷۷', 'reza1377'],
  ['@ann', 'ann'],
  ['＠ann', 'ann'],
])('%j has the key %j', (typed, key) => {
  const read = parseUsername(typed);
  expect('key' in read ? read.key : null).toBe(key);
});

test('what was typed is kept, but for the spaces around it', () => {
  expect(parseUsername('  Ann_Lee ')).toEqual({ username: 'Ann_Lee', key: 'ann_lee' });
});

describe('refused:', () => {
  test.each([
    ['', 'length'],
    ['ab', 'length'],
    ['a'.repeat(31), 'length'],
    ['ann lee', 'characters'],
    ['ann-lee', 'characters'],
    ['ann@lee', 'characters'],
    ['ann@example.com', 'characters'],
    ['änne', 'characters'],
    ['аnn', 'characters'],
    ['ann\u0000', 'characters'],
    ['ann\nlee', 'characters'],
    ['ａｎｎ', 'characters'],
    ['1ann', 'start'],
    ['_ann', 'start'],
    ['.ann', 'start'],
    ['4915123456789', 'start'],
    ['ann.', 'end'],
    ['ann_', 'end'],
    ['an..n', 'dots'],
    ['@@ann', 'characters'],
    ['۱ann', 'start'],
    ['paypal.com', 'domain'],
    ['Ann.IO', 'domain'],
    ['shop.co.uk', 'domain'],
    ['anna.li', 'domain'],
    ['c_abcdefghijklmnopqrstuv', 'reserved'],
    ['chatlink_team', 'reserved'],
    ['official_chatlink', 'reserved'],
    ['my.chat.link.er', 'reserved'],
    ['unofficial', 'reserved'],
    ['ann.supp0rt', 'reserved'],
    ['rnoderator_1', 'reserved'],
    ['the.5ecurity.team', 'reserved'],
    ['helpdesk', 'reserved'],
    ['help.desk', 'reserved'],
    ['ann_help', 'reserved'],
    ['adrnin', 'reserved'],
    ['the_adm1n', 'reserved'],
    ['admin99', 'reserved'],
    ['ann.st4ff', 'reserved'],
    ['soporte', 'reserved'],
    ['suporte_br', 'reserved'],
    ['moderateur', 'reserved'],
    ['the.mods', 'reserved'],
    ['verified_anna', 'reserved'],
    ['admin', 'reserved'],
    ['ADMIN', 'reserved'],
    ['adm1n', 'reserved'],
    ['a.d.m.i.n', 'reserved'],
    ['supp0rt', 'reserved'],
    ['chat_link', 'reserved'],
    ['s3cur1ty', 'reserved'],
    ['chatIink', 'reserved'],
    ['officia1', 'reserved'],
    ['st4ff', 'reserved'],
    ['login', 'reserved'],
    ['settings', 'reserved'],
  ])('%j for its %s', (typed, fault) => {
    expect(parseUsername(typed)).toEqual({ fault });
  });
});

test.each([
  ['Ann', 'ann'],
  ['admin', 'admin'],
  ['a', null],
  ['ann\u0000', null],
  ["' OR 1=1", null],
  ['a'.repeat(31), null],
])('in an address, %j stands for %j', (text, key) => {
  expect(usernameKeyOf(text)).toBe(key);
});
