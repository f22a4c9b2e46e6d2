import { expect, test } from '@jest/globals';
import { createAccountDeletionStore } from '../../src/features/auth/deletion/deletion.store.ts';
import { deletionPolicy } from '../../src/features/auth/policy.ts';
import { createProfileEvidence } from '../../src/features/profile/profile/evidence.store.ts';
import { reportPolicy } from '../../src/features/safety/policy.ts';
import { createEvidence } from '../../src/features/safety/reports/evidence.service.ts';
import { createEvidenceStore } from '../../src/features/safety/reports/evidence.store.ts';
import { createReports } from '../../src/features/safety/reports/reports.service.ts';
import { createReportStore } from '../../src/features/safety/reports/reports.store.ts';
import { createSealedWordsStore } from '../../src/features/safety/reports/sealed-words.store.ts';
import { days, later } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/ids.ts';
import type { Reportable } from '../../src/web/reportable.ts';
import { createFolderStore } from '../../src/platform/media/media-folder.ts';
import { newMediaName, variantKey } from '../../src/platform/media/media-keys.ts';
import { createLimits } from '../../src/platform/limits/limits.ts';
import { createLog } from '../../src/platform/watching/log.ts';
import { membersOf } from '../support/members.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { join, newId, event } = membersOf(nodes);
const media = createFolderStore(stores.mediaDir);
const log = createLog('silent', { write: () => {} });

/** As house.ts puts it together, without a queue that anybody works on. */
const reports = of(({ db, redis }) => {
  const evidence = createEvidence({
    store: createEvidenceStore(db),
    sealed: createSealedWordsStore(db),
    media,
    random: systemRandom,
  });
  const reportable = new Map<string, Reportable>();
  const made = createReports({
    store: createReportStore(db),
    people: createEvidenceStore(db),
    evidence,
    declaredByAll: () => ({
      reportable,
      evidenceOfPerson: [createProfileEvidence(db, clock)],
      profileRemovals: [],
      onBlocked: [],
      acquainted: [],
    }),
    block: async () => {},
    limits: createLimits(redis, clock),
    queue: { name: 'reports', add: async () => {}, close: async () => {} },
    random: systemRandom,
    log,
  });
  reportable.set('person', made.person);
  return made;
});
const deletions = of(({ db }) => createAccountDeletionStore(db));
const sealed = of(({ db }) => createSealedWordsStore(db));

/** Somebody with two photos, whose files lie in the store. */
async function withPhotos(name: string) {
  const person = await join(name);
  const names = [newMediaName(systemRandom), newMediaName(systemRandom)];
  for (const [n, mediaKey] of names.entries()) {
    await stores.sql(
      `INSERT INTO "Picture" ("id", "userId", "kind", "state", "mediaKey", "position", "width", "height", "placeholder", "createdAt")
       VALUES ($1, $2, 'photo', 'ready', $3, $4, 4, 4, '', $5)`,
      [newId(), person.id, mediaKey, n, clock.now()],
    );
    await media.put(variantKey(mediaKey, 'photo-1600'), Buffer.from(`photo ${n}`));
  }
  return { person, names };
}

test('a report that races the end of the reported account has all of the evidence, or finds nobody', async () => {
  const seen = { filed: 0, nobody: 0 };
  for (let round = 0; round < 20; round++) {
    const name = `mika${round}x`;
    const { person, names } = await withPhotos(name);
    const reporters = await Promise.all([0, 1, 2, 3].map((n) => join(`ann${round}y${n}`)));
    const end = async (): Promise<void> => {
      await deletions(1).leave({ id: person.id, securityVersion: 0 }, event('leaving_asked', person.id));
      const over = later(clock.now(), deletionPolicy.grace);
      await deletions(1).beginEnd(over, person.id.replace(/.$/, '0'));
      await stores.sql('UPDATE "User" SET "purgeAt" = "leavingAt" WHERE "id" = $1', [person.id]);
      await stores.sql('DELETE FROM "Picture" WHERE "userId" = $1', [person.id]);
      for (const mediaKey of names) await media.delete(variantKey(mediaKey, 'photo-1600'));
      await deletions(1).erase(person.id, over);
    };
    const [, ...told] = await Promise.all([
      end(),
      ...reporters.map((who, n) =>
        reports(n).report(who, { about: `person:${name}`, reason: 'insult', text: '', block: false }),
      ),
    ]);
    for (const one of told) seen[one.ok ? 'filed' : 'nobody']++;
    const rows = await stores.sql<{ evidence: { profile: object; pictures: { key: string }[] } }>(
      'SELECT "evidence" FROM "Report" WHERE "personId" = $1',
      [person.id],
    );
    expect(rows).toHaveLength(told.filter(({ ok }) => ok).length);
    for (const { evidence } of rows) {
      expect(evidence.profile).toMatchObject({ username: name });
      expect(evidence.pictures).toHaveLength(2);
      for (const { key } of evidence.pictures) expect(await media.get(key)).not.toBeNull();
    }
  }
  expect(seen.filed + seen.nobody).toBe(80);
});

test('the same report on two processes at once is one', async () => {
  const { person } = await withPhotos('mika');
  const ann = await join('ann');
  const all = await atOnce(10, (n) =>
    reports(n).report(ann, { about: 'person:mika', reason: 'money', text: 'Twice', block: false }),
  );
  expect(all.every(({ ok }) => ok)).toBe(true);
  expect(await stores.sql('SELECT FROM "Report" WHERE "personId" = $1', [person.id])).toHaveLength(1);
  expect(await stores.sql('SELECT FROM "EvidenceFile"')).toHaveLength(2);
});

test('sealed words stay thirty days to the millisecond, and open for what they were alone', async () => {
  const now = clock.now();
  await sealed(0).seal(newId(), { thing: 'message:1', text: 'Before', at: now });
  const since = (): Date => later(clock.now(), -reportPolicy.reportableFor);
  expect(await sealed(1).opened(['message:2'], since())).toEqual([]);
  clock.pass(days(30) - 1);
  expect(await sealed(1).opened(['message:1'], since())).toEqual([
    { thing: 'message:1', text: 'Before', at: now },
  ]);
  expect(await sealed(0).eraseUntil(since())).toBe(0);
  clock.pass(1);
  expect(await sealed(1).opened(['message:1'], since())).toEqual([]);
  expect(await sealed(0).eraseUntil(since())).toBe(1);
});
