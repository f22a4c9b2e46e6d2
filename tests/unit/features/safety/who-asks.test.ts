import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { faultsOfPeople } from '../../../support/architecture/people.ts';
import type { SourceFile } from '../../../support/architecture/reading.ts';

const filesIn = (folder: string, ending: string): SourceFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.includes('generated'))
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

const tables = filesIn('prisma/schema', '.prisma').flatMap(({ text }) =>
  [...text.matchAll(/^model (\w+)/gm)].map(([, name]) => name!),
);

const of = (file: string, ...names: string[]): string[] =>
  names.map((name) => `src/features/${file} ${name}`);

/** Statements that show nobody to anybody else, by why that is so. */
const others = {
  "are of the viewer's own rows, by the id of the session": [
    ...of('pictures/pictures.store.ts', 'begin', 'takeAway', 'describe', 'move', 'ownedBy'),
    ...of('profile/languages/languages.store.ts', 'read', 'write', 'settle'),
    ...of('profile/profile/editing.store.ts', 'of', 'save'),
    ...of('profile/profile/profile.store.ts', 'createProfileStore'),
    ...of('privacy/exports.store.ts', 'ask', 'of', 'ready'),
    ...of('pictures/settings-rows.sql.ts', 'countQuestion'),
    ...of('profile/profile/settings-rows.sql.ts', 'languagesQuestion'),
    ...of('profile/profile/self.sql.ts', 'selfQuestion'),
    ...of('people/activity/activity.store.ts', 'placeOf', 'note'),
    ...of('people/telling/alerts.store.ts', 'ask', 'withdraw', 'of'),
    ...of('profile/profile/profile.store.ts', 'dismiss'),
    ...of('people/finding/pairs.sql.ts', 'pairsSql'),
    ...of('chat/hellos/person-actions.sql.ts', 'startersQuestion'),
    ...of('chat/hellos/first-contact.sql.ts', 'countedSql', 'lately', 'saidToManySql'),
  ],
  'tell each of two, by the name they knew, that what was between them is over': [
    ...of('chat/conversations/over.store.ts', 'overSql', 'at'),
  ],
  'freeze what is reported, where whoever reports was let in by another statement': [
    ...of('chat/reporting/evidence.store.ts', 'said', 'between', 'heldOf'),
  ],
  'are a part of those that ask': [
    ...of('profile/languages/matches.sql.ts', 'nativeInWhat'),
    ...of('people/finding/filters.sql.ts', 'filtered'),
    ...of('people/finding/order.sql.ts', 'factsSql'),
    ...of('people/person/shared.sql.ts', 'sharedQuestion'),
    ...of('people/finding/people.store.ts', 'cardsSql'),
    ...of('people/finding/ring.sql.ts', 'ringSql', 'newcomersSql'),
    ...of(
      'chat/messages/shown-messages.sql.ts',
      'answered',
      'corrected',
      'reactions',
      'correctsNothing',
      'messageJson',
      'messages',
      'changedMessages',
      'lastMessage',
      'unread',
    ),
    ...of('chat/messages/changes.store.ts', 'changeSql', 'edit', 'delete', 'react', 'unreact'),
    ...of('chat/messages/participation.store.ts', 'read'),
    ...of('chat/messages/kept-messages.store.ts', 'keep', 'unkeep'),
    ...of('chat/messages/send.store.ts', 'otherOf', 'namedParticipation', 'pointsTo', 'quoted'),
    ...of('chat/corrections/corrections.store.ts', 'languageOf', 'list'),
    ...of('chat/hellos/acquainted.sql.ts', 'acquainted'),
    ...of('chat/hellos/hello.store.ts', 'say'),
    ...of('chat/hellos/answers.store.ts', 'accept', 'decline', 'withdraw'),
  ],
  'find whom two statements later one asks about, and show nothing': [
    ...of('people/telling/alerts.store.ts', 'due'),
    ...of('chat/pairs/pair.store.ts', 'findPair'),
  ],
  'pack what is held about one person for that person': [
    ...of('pictures/data-export.store.ts', 'exportedPictures'),
    ...of('profile/profile/data-export.store.ts', 'createProfileExporter'),
    ...of('privacy/exports.store.ts', 'begin', 'finish', 'fail', 'isThere', 'overdue'),
    ...of('people/activity/activity.store.ts', 'exportOf'),
    ...of('people/telling/alerts.store.ts', 'exportOf'),
    ...of('chat/personal-data.store.ts', 'exportOf'),
  ],
  'freeze somebody for a report, whom safety has let the reporter see': [
    ...of('profile/profile/evidence.store.ts', 'createProfileEvidence'),
  ],
  'make, clear away or erase, and show nothing': [
    ...of(
      'pictures/pictures.store.ts',
      'row',
      'ready',
      'refuse',
      'uploadGone',
      'forget',
      'giveUp',
      'leftOver',
    ),
    ...of('privacy/exports.store.ts', 'expired', 'forget', 'allOf'),
    ...of('people/activity/activity.store.ts', 'settleSql', 'rest', 'forget', 'count', 'erase'),
    ...of('people/telling/alerts.store.ts', 'claim', 'putBack', 'erase'),
    ...of('chat/hellos/endings.store.ts', 'withdrawAcrossBands', 'emptyDeleted'),
    ...of('chat/personal-data.store.ts', 'createPersonalDataStore', 'eraseOf'),
    ...of('profile/profile/removal.store.ts', 'remove', 'restore', 'eraseRemovedProfile'),
    ...of('pictures/removal.store.ts', 'remove', 'restore'),
    ...of('chat/reporting/removal.store.ts', 'createMessageRemovalStore'),
    ...of('chat/reporting/held-hellos.store.ts', 'waitingSince', 'release'),
    ...of('chat/reporting/declines.sql.ts', 'declinesSince'),
  ],
  'count who may be found at all, and name nobody': [...of('people/counts/counts.store.ts', 'count')],
  'are a part of two others: one of them asks, the other is above': [
    ...of('profile/profile/profile.store.ts', 'shown'),
  ],
};

test('whoever reads rows of people asks safety whom the viewer may see', () => {
  expect(tables.length).toBeGreaterThan(10);
  expect(faultsOfPeople(filesIn('src', '.ts'), tables, others)).toEqual([]);
});

describe('a surface that forgets to ask is found:', () => {
  const planted = (path: string, text: string, excused: readonly string[] = []): string[] =>
    faultsOfPeople([{ path: `src/features/${path}`, text }], ['User', 'UserLanguage', 'Message'], {
      excused,
    });
  const forgets = 'reads people without visibleTo';

  test.each([
    [
      'in a method',
      'async search(name: string) {',
      'db.rows`SELECT FROM "User" u WHERE u."usernameKey" = ${name}`',
    ],
    ['in an arrow', 'search: (name: string) => {', '"SELECT FROM \\"User\\" u"'],
    [
      'by a join',
      'async search(viewer: Viewer) {',
      'db.rows`FROM "Message" m JOIN "User" u WHERE m."from" = ${viewer.id}`',
    ],
    ['within a part', 'async search(n: number) {', 'db.rows`SELECT ${n ? sql`FROM "UserLanguage"` : none}`'],
    ['by a model', 'async search(name: string) {', 'db.user.findUnique({ where: { name } })'],
    [
      'in words only',
      'async search(viewer: Viewer) {',
      '// visibleTo(viewer)\n`SELECT -- visibleTo(viewer)\n FROM "User"`',
    ],
    ['as a text', 'async search(name: string) {', `'SELECT FROM "User"'`],
  ])('%s', (_, method, statement) => {
    const text = `export function createStore(db: Db) {\n  return {\n    ${method}\n      return ${statement};`;
    const path = 'people/search.store.ts';
    expect(planted(path, text)).toEqual([`src/features/${path} search: ${forgets}`]);
  });

  test('in a fragment, beside one that asks', () => {
    const text =
      'export function near() {\n  return sql`FROM "User" u WHERE ${visibleTo(v)}`;\n}\n' +
      'export function far() {\n  return sql`FROM "User" u`;\n}';
    const path = 'people/near.sql.ts';
    expect(planted(path, text)).toEqual([`src/features/${path} far: ${forgets}`]);
    expect(planted(path, text, of('people/near.sql.ts', 'far'))).toEqual([]);
  });

  test('where it spells the rule by itself', () => {
    const text =
      'function f() {\n  return sql`FROM "User" u WHERE ${visibleTo(v)} AND u."visibility" = \'members\'`;\n}';
    const fault = 'src/features/people/a.sql.ts f: spells by itself who may be seen';
    expect(planted('people/a.sql.ts', text)).toEqual([fault]);
  });

  test('and an excuse that nobody needs any more', () => {
    const excused = of('people/a.store.ts', 'gone');
    expect(planted('people/a.store.ts', '', excused)).toEqual([`${excused[0]}: excused, and not there`]);
  });

  test.each([
    ['people/a.store.ts', '`SELECT FROM "User" u WHERE ${visibleTo(viewer)}`'],
    ['people/a.store.ts', '// FROM "User"\n/* `"User"` */ `SELECT 1`'],
    ['people/a.service.ts', '`"User"`'],
    ['auth/a.store.ts', '`SELECT FROM "User"`'],
    ['safety/a.sql.ts', '`SELECT FROM "User"`'],
  ])('but not in %s: %s', (path, text) => expect(planted(path, text)).toEqual([]));
});
