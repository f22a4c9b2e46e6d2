import { createHook } from 'node:async_hooks';
import { hash } from '@node-rs/argon2';
import { expect, test } from '@jest/globals';
import { createPasswords } from '../../../../src/platform/passwords/passwords.ts';
import { inTwoEncodings } from '../../../support/two-encodings.ts';

const passwords = createPasswords({ concurrency: 2, waiting: 50 });
const today = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const right = { right: true, outdated: false };
const outdated = { right: true, outdated: true };
const wrong = { right: false, outdated: false };

test.each(inTwoEncodings)('%s: what one encoding made, the other opens', async (_, normal, other) => {
  expect(normal).not.toBe(other);
  expect([normal.normalize('NFC'), other.normalize('NFC')]).toEqual([normal, normal]);
  for (const made of [normal, other]) {
    const stored = await passwords.hash(made);
    expect(await passwords.verify(normal, stored)).toEqual(right);
    expect(await passwords.verify(other, stored)).toEqual(right);
    expect(await passwords.verify(`${other}!`, stored)).toEqual(wrong);
  }
});

test.each(inTwoEncodings)(
  '%s: an old hash of what was typed opens to that typing',
  async (_, normal, other) => {
    const stored = await hash(other, today);
    expect(await passwords.verify(other, stored)).toEqual(outdated);
    expect(await passwords.verify(normal, stored)).toEqual(wrong);
  },
);

test('a hash with other parameters is outdated, when the password is right', async () => {
  const stored = await hash('lantern-tandem-42', { ...today, memoryCost: 4_096, timeCost: 1 });
  expect(await passwords.verify('lantern-tandem-42', stored)).toEqual(outdated);
  expect(await passwords.verify('lantern-tandem-43', stored)).toEqual(wrong);
});

test.each([
  // NFC and no more: what Unicode calls merely compatible stays another password.
  ['full width', 'ｌａｎｔｅｒｎ-４２', 'lantern-42'],
  ['a no-break space', 'lantern\u00a0tandem', 'lantern tandem'],
  ['the look of an emoji', 'we ❤\ufe0f tandem', 'we ❤ tandem'],
  ['a ligature', 'ﬁnal lantern', 'final lantern'],
  ['capitals', 'Lantern tandem', 'lantern tandem'],
  ['a space at the end', 'lantern tandem ', 'lantern tandem'],
])('%s makes another password', async (_, one, other) => {
  expect(await passwords.verify(one, await passwords.hash(one))).toEqual(right);
  expect(await passwords.verify(other, await passwords.hash(one))).toEqual(wrong);
});

/** Tasks that a native module gives to Node's thread pool: each hash is one, and neither machine nor load changes their number. */
async function hashesOf(work: () => Promise<unknown>): Promise<number> {
  let tasks = 0;
  const counting = createHook({ init: (_id, type) => void (tasks += Number(type === NATIVE_TASK)) }).enable();
  await work();
  counting.disable();
  return tasks;
}
/** napi-rs names the tasks of its modules with `undefined`. */
const NATIVE_TASK = 'undefined';

test('what is not NFC costs two hashes, for nobody too and when the first one is right; all else costs one', async () => {
  const [nfc, nfd] = ['läntern-tandem'.normalize('NFC'), 'läntern-tandem'.normalize('NFD')];
  expect(await hashesOf(() => passwords.hash(nfc))).toBe(1);
  const stored = await passwords.hash(nfc);
  await passwords.verify(nfc, null);
  for (const [password, against, hashes] of [
    ['lantern-tandem', stored, 1],
    [nfc, stored, 1],
    [nfc, null, 1],
    [nfd, stored, 2],
    [nfd, null, 2],
    [`${nfd}!`, stored, 2],
  ] as const) {
    const counted = await hashesOf(() => passwords.verify(password, against));
    expect({ password, against, hashes: counted }).toEqual({ password, against, hashes });
  }
});

test('nobody’s password is wrong in every form', async () => {
  for (const [, normal, other] of inTwoEncodings)
    for (const password of [normal, other]) expect(await passwords.verify(password, null)).toEqual(wrong);
});
