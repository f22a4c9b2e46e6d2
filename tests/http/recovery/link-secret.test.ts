import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { repeatedly } from '../../support/many.ts';
import { setPassword } from '../../support/recovering.ts';
import { linked } from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { everythingKept } from '../../support/traces.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const tokenIn = (path: string): string => path.split('/').at(-1)!;
const flipped = (text: string): string => text.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));

test('its token has at least 128 bits, and no two begin or end alike', async () => {
  const links = await repeatedly(3, () => linked(house));
  const tokens = links.map(({ path }) => tokenIn(path));
  for (const token of tokens) {
    expect(token).toMatch(/^[\w-]+$/);
    expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
  }
  expect(new Set(tokens.map((token) => token.slice(0, 8))).size).toBe(3);
  expect(new Set(tokens.map((token) => token.slice(-8))).size).toBe(3);
});

test('only its SHA-256 is kept: no table, no Redis key, no job and no log line has the token', async () => {
  const { path } = await linked(house);
  const token = tokenIn(path);
  await settled(house);
  const kept = [await everythingKept(house)];
  const owner = visitor(house);
  await owner.get(path);
  await owner.post(path);
  await visitor(house).get(path);
  kept.push(await everythingKept(house));
  await setPassword(owner);
  await settled(house);
  kept.push(await everythingKept(house));
  const hash = createHash('sha256').update(token).digest('base64url');
  for (const { redis, postgres } of kept) {
    expect(postgres).toContain(hash);
    for (const place of [redis, postgres, house.logged.join('\n')]) {
      expect(place.length).toBeGreaterThan(100);
      for (const form of [token, Buffer.from(token, 'base64url').toString('hex')])
        expect(place.includes(form)).toBe(false);
    }
  }
});

test('its hash is no key, and neither is anything that looks like the token', async () => {
  const { path } = await linked(house);
  const token = tokenIn(path);
  const [row] = await house.stores.sql<{ tokenHash: string; id: string }>(
    'SELECT * FROM "PasswordResetLink" ORDER BY "createdAt" DESC LIMIT 1',
  );
  for (const guess of [
    row!.tokenHash,
    row!.id,
    flipped(token),
    token.slice(0, -1),
    `${token}A`,
    token.toUpperCase(),
    token.toLowerCase(),
    '%00',
    `${token}%00`,
    `${token}%0A`,
    'x'.repeat(5_000),
  ]) {
    const page = await visitor(house).get(`/password/link/${guess}`);
    expect([guess, page.status, page.redirectedTo]).toEqual([guess, 303, '/password/forgot']);
  }
  expect((await visitor(house).get(path)).status).toBe(200);
});

test('its page is never stored, and tells no other site where it came from', async () => {
  const { path } = await linked(house);
  const owner = visitor(house);
  for (const page of [await owner.get(path), await owner.post(path), await owner.get(path)])
    expect([page.header('cache-control'), page.header('referrer-policy')]).toEqual([
      'no-store',
      'same-origin',
    ]);
});
