import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { tryLock } from '../../../../bin/lib/processes/lock.mjs';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'chatlink-lock-'));
  file = path.join(dir, 'run.lock');
});
afterEach(() => rmSync(dir, { recursive: true }));

test('one holder at a time', () => {
  const release = tryLock(file);
  expect(release).toBeDefined();
  expect(tryLock(file)).toBeUndefined();
  release?.();
  expect(existsSync(file)).toBe(false);
  expect(tryLock(file)).toBeDefined();
});

test.each([
  ['whose process is gone', { pid: 2 ** 22 + 1, identity: 'boot-1' }],
  ['whose number belongs to another process now', { pid: process.pid, identity: 'boot-1' }],
])('a lock %s is taken over', (_case, holder) => {
  writeFileSync(file, JSON.stringify({ ...holder, file }));
  expect(tryLock(file)).toBeDefined();
  expect(tryLock(file)).toBeUndefined();
});

test('a copied folder copies its locks, and is not locked by them', () => {
  expect(tryLock(file)).toBeDefined();
  const copy = path.join(dir, 'copy.lock');
  copyFileSync(file, copy);
  expect(tryLock(copy)).toBeDefined();
  expect(tryLock(copy)).toBeUndefined();
});

test('half a lock, as a power cut leaves it, is taken over', () => {
  writeFileSync(file, '{"pid":');
  expect(tryLock(file)).toBeDefined();
});
