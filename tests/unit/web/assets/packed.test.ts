import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from '@jest/globals';
import { packedIn, packInto } from '../../../../src/web/assets/packed.ts';

const dir = mkdtempSync(join(tmpdir(), 'chatlink-packed-'));
afterAll(() => rmSync(dir, { recursive: true }));
const text = Buffer.from('body { color: teal }\n'.repeat(50));

test('what the build has packed is served, and nothing is packed again', () => {
  const made = packInto(dir)(text, 'br');
  expect(brotliDecompressSync(made).equals(text)).toBe(true);
  const [name] = readdirSync(dir);
  expect(name).toMatch(/^[0-9a-f]{64}\.br$/);
  writeFileSync(join(dir, name!), 'of the build');
  expect(packedIn(dir)(text, 'br').toString()).toBe('of the build');
});

test('what has changed since, or was never packed so, is packed', () => {
  const changed = Buffer.from(`${text.toString()}/* more */`);
  expect(brotliDecompressSync(packedIn(dir)(changed, 'br')).equals(changed)).toBe(true);
  expect(gunzipSync(packedIn(dir)(text, 'gz')).equals(text)).toBe(true);
  expect(gunzipSync(packedIn(join(dir, 'nowhere'))(text, 'gz')).equals(text)).toBe(true);
});
