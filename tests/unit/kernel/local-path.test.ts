import { expect, test } from '@jest/globals';
import { parseLocalPath } from '../../../src/kernel/local-path.ts';

test.each([
  ['/', '/'],
  ['/profile', '/profile'],
  ['/people/ann?tab=a%26b#top', '/people/ann?tab=a%26b#top'],
  ['/a/../b', '/b'],
  ['/a//b', '/a//b'],
  ['/@evil.example', '/@evil.example'],
  ['/?next=//evil.example', '/?next=//evil.example'],
])('%s is a way on this site', (value, path) => {
  expect(parseLocalPath(value)).toBe(path);
});

test.each([
  '',
  'profile',
  'https://evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  ' /profile',
  '/pro file',
  '/\u0000',
  '/\u007f',
  '/\u0085x',
  `/${'x'.repeat(2_048)}`,
])('%j is none', (value) => {
  expect(parseLocalPath(value)).toBeNull();
});

test.each([undefined, null, 1, {}, ['/a'], ['/a', '/b']])('%j is none either', (value) => {
  expect(parseLocalPath(value)).toBeNull();
});

test('what is answered stays on whatever site it is resolved against', () => {
  for (const value of ['/a', '/a//b', '/@x', '/a/../b', '/.a', '/;//x'])
    expect(new URL(parseLocalPath(value)!, 'https://chatlink.test').origin).toBe('https://chatlink.test');
});
