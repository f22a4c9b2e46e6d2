import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { joining, peopleCalled, resend, typeCode } from '../../support/joining.ts';

const [old, fresh] = ['old', 'new'].map((id) => `${id}:${randomBytes(32).toString('base64')}`) as [
  string,
  string,
];
const house = await houseOfThisFile({ env: { OTP_KEYS: `${old},${fresh}` } });
const rotated = { env: { OTP_KEYS: `${fresh},${old}` } };
const retired = { env: { OTP_KEYS: fresh } };

test('after a rotation, a code under the old key opens the door until it expires', async () => {
  const { ann, code } = await joining(house);
  await withAnother(house, rotated, async (later) => {
    expect((await typeCode(ann.at(later), code)).redirectedTo).toBe('/profile');
  });
});

test('a resend after the rotation is signed with the new key', async () => {
  const { ann, to } = await joining(house);
  await withAnother(house, rotated, async (later) => {
    await resend(ann.at(later));
  });
  const code = await house.outbox.nextCode(to);
  await withAnother(house, retired, async (later) => {
    expect((await typeCode(ann.at(later), code)).redirectedTo).toBe('/profile');
  });
});

test('where the old key is gone, its codes are dead, and a resend mends it', async () => {
  const { ann, person, to, code } = await joining(house);
  await withAnother(house, retired, async (later) => {
    expect((await typeCode(ann.at(later), code)).status).toBe(422);
    expect(await peopleCalled(house, person.username)).toBe(0);
    await resend(ann);
    expect((await typeCode(ann, await house.outbox.nextCode(to))).redirectedTo).toBe('/profile');
  });
});

test('another site with another key makes other codes of the same challenge', async () => {
  const { ann, code } = await joining(house);
  const stranger = { env: { OTP_KEYS: `old:${randomBytes(32).toString('base64')}` } };
  await withAnother(house, stranger, async (other) => {
    expect((await typeCode(ann.at(other), code)).status).toBe(422);
  });
});
