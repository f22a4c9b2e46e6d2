import { expect, test } from '@jest/globals';
import {
  createLanguages,
  type LanguagesSaved,
} from '../../src/features/profile/languages/languages.service.ts';
import { createLanguageStore } from '../../src/features/profile/languages/languages.store.ts';
import type { Language } from '../../src/features/profile/languages/languages.ts';
import { languageRules } from '../../src/features/profile/policy.ts';
import { later } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/ids.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { tally } from '../support/many.ts';
import { membersOf } from '../support/members.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { join, rowOf } = membersOf(nodes);
const engine = of(({ db }) =>
  createLanguages({ store: createLanguageStore(db), clock, random: systemRandom }),
);

const german: Language = { code: 'de', role: 'native', level: null };
function learning(code: string, level: Language['level'] = null): Language {
  return {
    code,
    role: 'learning',
    level,
  };
}
const codes = ['fr', 'es', 'it', 'pl', 'ja'];

function save(n: number, me: Viewer, ...wanted: Language[]) {
  return engine(n).save(me, { chosen: [german, ...wanted], shown: null });
}
function outcome(one: LanguagesSaved): string {
  if (!one.ok) return one.reason;
  return one.value.nextFrom ? 'counted' : 'free';
}
function changesOf(me: Viewer) {
  return stores.sql<{ counted: boolean; after: Language[] }>(
    'SELECT * FROM "LanguageChange" WHERE "userId" = $1 ORDER BY "counted"',
    [me.id],
  );
}
async function spoken(me: Viewer) {
  return (await engine(0).of(me)).languages.map(({ code }) => code);
}

/** Somebody whose free day is over. */
async function settled(): Promise<Viewer> {
  const ann = await join();
  clock.pass(languageRules.firstChangeFreeFor);
  return ann;
}

test('of fifty changes at once on two nodes one is made, and the others wait thirty days', async () => {
  const ann = await settled();
  const all = await atOnce(50, (n) => save(n, ann, learning(codes[n % 5]!), learning('en')));
  expect(tally(all.map(outcome))).toMatchObject({ counted: 1, 'too-soon': expect.any(Number) });
  const from = later(clock.now(), languageRules.changeEvery);
  for (const one of all) if (!one.ok) expect(one).toMatchObject({ reason: 'too-soon', from });
  const changes = await changesOf(ann);
  expect(changes).toHaveLength(1);
  expect(await spoken(ann)).toEqual(changes[0]!.after.map(({ code }) => code));
  expect(await rowOf(ann.id)).toMatchObject({ languageChanges: 1, languagesChangedAt: clock.now() });
});

test('on the free day two are: the free one, and one that counts', async () => {
  const ann = await join();
  const all = await atOnce(50, (n) => save(n, ann, learning(codes[n % 5]!)));
  const { free, counted } = tally(all.map(outcome));
  expect(counted).toBe(1);
  // Whoever wished for what was so already had nothing to change.
  expect(free).toBeGreaterThanOrEqual(1);
  expect((await changesOf(ann)).map((one) => one.counted)).toEqual([false, true]);
  expect(await rowOf(ann.id)).toMatchObject({ languageChanges: 2 });
});

test('the first day is free to the millisecond', async () => {
  const [early, late] = [await join('ann'), await join('ben')];
  clock.pass(languageRules.firstChangeFreeFor - 1);
  expect(outcome(await save(0, early, learning('fr')))).toBe('free');
  expect(await rowOf(early.id)).toMatchObject({ languageChanges: 1, languagesChangedAt: null });
  clock.pass(1);
  expect(outcome(await save(1, late, learning('fr')))).toBe('counted');
  expect(outcome(await save(0, early, learning('es')))).toBe('counted');
});

test('thirty days are thirty days to the millisecond, and again after the next change', async () => {
  const ann = await settled();
  for (const code of ['fr', 'es', 'it']) {
    expect(outcome(await save(0, ann, learning(code)))).toBe('counted');
    clock.pass(languageRules.changeEvery - 1);
    const refused = await atOnce(50, (n) => save(n, ann, learning('ja')));
    expect(tally(refused.map(outcome))).toEqual({ 'too-soon': 50 });
    clock.pass(1);
  }
  expect(outcome(await save(1, ann, learning('ja')))).toBe('counted');
  expect(await rowOf(ann.id)).toMatchObject({ languageChanges: 4 });
});

test('levels and order change while languages wait, and begin no wait', async () => {
  const ann = await settled();
  await save(0, ann, learning('fr'), learning('en'));
  clock.pass(languageRules.changeEvery - 1);
  const tuned = await atOnce(50, (n) => save(n, ann, learning('en', n % 2 ? 'B1' : 'C2'), learning('fr')));
  expect(tally(tuned.map(outcome))).toEqual({ free: 50 });
  expect(await spoken(ann)).toEqual(['de', 'en', 'fr']);
  clock.pass(1);
  expect(outcome(await save(1, ann, learning('ja')))).toBe('counted');
});

test('a level that is sent with languages too soon waits with them', async () => {
  const ann = await settled();
  await save(0, ann, learning('fr'));
  expect(outcome(await save(1, ann, learning('fr', 'B1'), learning('es')))).toBe('too-soon');
  expect((await engine(0).of(ann))!.languages).toEqual([german, learning('fr')]);
});

test('two tabs that show the same and change different languages on the free day: one, then a word to the others', async () => {
  const ann = await join();
  const shown = [german, learning('en')];
  const all = await atOnce(50, (n) =>
    engine(n).save(ann, { chosen: [...shown, learning(n % 2 ? 'fr' : 'es')], shown }),
  );
  // Of the same wish nothing is left to do.
  expect(tally(all.map(outcome))).toEqual({ free: 25, 'changed-meanwhile': 25 });
  expect(await changesOf(ann)).toHaveLength(1);
});

test('a session from before a new password changes nothing', async () => {
  const ann = await join();
  await stores.sql('UPDATE "User" SET "securityVersion" = 1');
  expect(tally((await atOnce(50, (n) => save(n, ann, learning('fr')))).map(outcome))).toEqual({
    'signed-out': 50,
  });
  expect(await spoken({ ...ann, securityVersion: 1 })).toEqual(['de', 'en']);
});
