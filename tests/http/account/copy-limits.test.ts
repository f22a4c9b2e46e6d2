import { describe, expect, test } from '@jest/globals';
import { days, hours, minutes } from '../../../src/kernel/clock.ts';
import { clean } from '../../support/cleaning.ts';
import { eventually } from '../../support/captured.ts';
import { askCopy, copiesOf, fetchZip, packed, packedFor } from '../../support/copies.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { leave, leaver, member, rowOf, timesOf } from '../../support/leaving.ts';
import { whileLocked } from '../../support/locks.ts';
import { statuses, tally, together } from '../../support/many.ts';
import { jpegOf } from '../../support/pictures.ts';
import { elsewhere } from '../../support/speaking.ts';
import { settled, upload } from '../../support/uploading.ts';
import { faultsIn, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile({ replaced: { deliveryRetry: { tries: 1, backoff: 10 } } });
const { redis } = house.stores;
const sql: typeof house.stores.sql = (text, values) => house.stores.sql(text, values);

describe('one at a time', () => {
  test('fifty presses at once, at two instances, pack one copy', async () => {
    const someone = await member(house);
    const phone = await elsewhere(house, someone);
    await withAnother(house, {}, async (other) => {
      phone.at(other);
      // Packing waits for this table, and the pages do not.
      await whileLocked(house, 'LanguageChange', async () => {
        const pages = await together(50, (n) => askCopy(n % 2 ? someone.ann : phone));
        expect(tally(pages.map((page) => String(page.redirectedTo)))).toEqual({ '/settings/account': 50 });
        expect(await copiesOf(house, someone.username)).toHaveLength(1);
        const page = textOf((await someone.ann.get('/settings/account')).html);
        expect(page).toContain('We are packing it.');
        expect(page).not.toContain('Pack a');
        expect((await someone.ann.get('/settings/account/export.json')).status).toBe(404);
      });
    });
    expect(await packed(house, someone.username)).toMatchObject([{ state: 'ready' }]);
    expect(await timesOf(house, someone.username, 'export_asked')).toBe(1);
  });

  test('one that is ready keeps nobody from asking, and stays meanwhile', async () => {
    const { ann, username } = await member(house);
    await packedFor(house, ann, username);
    await whileLocked(house, 'LanguageChange', async () => {
      house.clock.pass(1);
      await askCopy(ann);
      expect((await ann.get('/settings/account/export.json')).status).toBe(200);
      const page = textOf((await ann.get('/settings/account')).html);
      expect(page).toContain('We are packing it.');
      expect(page).toContain('Download ZIP');
    });
    await packed(house, username);
  });
});

describe('three a day', () => {
  test('the fourth is told when, and goes through when that is', async () => {
    const someone = await member(house);
    const { username } = someone;
    for (let n = 0; n < 3; n++) {
      await packedFor(house, await elsewhere(house, someone), username);
      house.clock.pass(hours(1));
    }
    const page = textOf((await someone.ann.get('/settings/account')).html);
    expect(page).toContain('That makes 3 copies within a day. You can ask for the next from');
    expect(page).not.toContain('Pack a');
    const late = await elsewhere(house, someone);
    const fourth = await askCopy(late);
    expect([fourth.status, fourth.header('retry-after')]).toEqual([429, String(21 * 3600)]);
    expect(textOf(fourth.html)).toContain('You have had 3 copies of your data within a day.');
    house.clock.pass(hours(21) - 1);
    const then = await elsewhere(house, someone);
    expect((await askCopy(then)).status).toBe(429);
    house.clock.pass(1);
    expect((await askCopy(then)).status).toBe(303);
    // Only the first of them is a day ago.
    await packed(house, username);
    expect((await askCopy(then)).status).toBe(429);
    expect(await timesOf(house, username, 'export_asked')).toBe(4);
  });

  test('parallel presses do not share the last one', async () => {
    const { ann, username } = await member(house);
    await packedFor(house, ann, username);
    await packedFor(house, ann, username);
    const pages = await together(20, () => askCopy(ann));
    const { 303: through = 0, 429: later = 0 } = statuses(pages);
    expect(through + later).toBe(20);
    await packed(house, username);
    expect(await copiesOf(house, username)).toHaveLength(3);
  });

  test('one that could not be packed counts for nothing, and the page says that it was our fault', async () => {
    const { ann, username } = await member(house);
    await sql('ALTER TABLE "LanguageChange" RENAME TO "Elsewhere"');
    for (let n = 0; n < 4; n++) {
      expect((await askCopy(ann)).status).toBe(303);
      expect((await packed(house, username)).at(-1)!.state).toBe('failed');
      house.clock.pass(1);
    }
    expect(textOf((await ann.get('/settings/account')).html)).toContain(
      'Packing did not work. That was our fault',
    );
    expect((await ann.get('/settings/account/export.zip')).status).toBe(404);
    await sql('ALTER TABLE "Elsewhere" RENAME TO "LanguageChange"');
    await packedFor(house, ann, username);
    expect(textOf((await ann.get('/settings/account')).html)).not.toContain('Packing did not work.');
  });
});

describe('the password', () => {
  test('is asked for when it was given a quarter of an hour ago, and no millisecond before', async () => {
    const { ann, username, password } = await member(house);
    house.clock.pass(minutes(15) - 1);
    expect((await askCopy(ann)).redirectedTo).toBe('/settings/account');
    await packed(house, username);
    house.clock.pass(1);
    expect((await askCopy(ann)).redirectedTo).toBe('/settings/confirm');
    expect(await copiesOf(house, username)).toHaveLength(1);
    const page = textOf((await ann.get('/settings/confirm')).html);
    expect(page).toContain('Please type it once more before we pack everything we hold about you.');
    expect(page).toContain('Back to your account');
    const wrong = await ann.post('/settings/confirm', { currentPassword: 'a guess' });
    expect([wrong.status, faultsIn(wrong.html)]).toEqual([
      422,
      { currentPassword: 'This is not your password.' },
    ]);
    expect((await ann.post('/settings/confirm', { currentPassword: password })).redirectedTo).toBe(
      '/settings/account',
    );
    expect(await packed(house, username)).toHaveLength(2);
    // It was given just now.
    expect((await askCopy(ann)).redirectedTo).toBe('/settings/account');
    await packed(house, username);
  });

  test('given for one thing does that thing', async () => {
    const someone = await member(house);
    await elsewhere(house, someone);
    house.clock.pass(minutes(15));
    await askCopy(someone.ann);
    expect((await someone.ann.post('/settings/sessions/revoke-others')).redirectedTo).toBe(
      '/settings/confirm',
    );
    const page = await someone.ann.get('/settings/confirm');
    expect(textOf(page.html)).toContain('before devices are signed out.');
    const done = await someone.ann.post('/settings/confirm', { currentPassword: someone.password });
    expect(done.redirectedTo).toBe('/settings/security');
    expect(await copiesOf(house, someone.username)).toEqual([]);
    expect((await someone.ann.get('/settings/confirm')).redirectedTo).toBe('/settings/security');
  });
});

describe('packing', () => {
  test('that a queue has lost is handed over by the cleaning', async () => {
    const { ann, username } = await member(house);
    // Nothing can be queued under this name while its key is something else.
    await redis.rename('bull:exports:meta', 'kept:meta').catch(() => {});
    await redis.rename('bull:exports:id', 'kept:id').catch(() => {});
    await redis.lpush('bull:exports:id', 'none');
    expect((await askCopy(ann)).redirectedTo).toBe('/settings/account');
    await redis.del('bull:exports:id');
    await redis.rename('kept:id', 'bull:exports:id').catch(() => {});
    await redis.rename('kept:meta', 'bull:exports:meta').catch(() => {});
    expect(await copiesOf(house, username)).toMatchObject([{ state: 'queued' }]);
    house.clock.pass(minutes(10) - 1);
    await clean(house);
    expect(await copiesOf(house, username)).toMatchObject([{ state: 'queued' }]);
    house.clock.pass(1);
    await clean(house);
    expect(await packed(house, username)).toMatchObject([{ state: 'ready' }]);
  });

  test('twice at once, by two workers, makes one whole copy', async () => {
    const { ann, username } = await member(house);
    await upload(ann, 'avatar', await jpegOf());
    await settled(house, username);
    const copy = await packedFor(house, ann, username);
    await sql(`UPDATE "DataExport" SET "state" = 'queued' WHERE "id" = $1`, [copy.id]);
    house.clock.pass(minutes(10));
    await withAnother(house, { jobs: true }, () => clean(house, 4));
    expect(await packed(house, username)).toMatchObject([
      { id: copy.id, mediaKey: copy.mediaKey, state: 'ready' },
    ]);
    const zip = await fetchZip(house, ann);
    expect([...zip.keys()]).toEqual(['pictures/1-avatar.webp', 'chatlink.json', 'README.txt']);
  });

  test('waits while its person is leaving, and goes on when they come back', async () => {
    const someone = await member(house);
    await whileLocked(house, 'LanguageChange', async () => {
      await sql(
        `INSERT INTO "DataExport" ("id", "userId", "createdAt", "expiresAt")
         SELECT gen_random_uuid(), "id", $2, $3 FROM "User" WHERE "username" = $1`,
        [
          someone.username,
          house.clock.now().toISOString(),
          new Date(house.clock.now().getTime() + days(1)).toISOString(),
        ],
      );
      await leave(someone.ann);
    });
    house.clock.pass(minutes(10));
    await clean(house);
    // The job has been done with by then.
    await eventually(async () => (await redis.llen('bull:exports:active')) === 0, 'an idle worker');
    expect(await copiesOf(house, someone.username)).toMatchObject([{ state: 'queued', mediaKey: null }]);
    const back = await elsewhere(house, someone);
    house.clock.pass(minutes(10));
    await clean(house);
    expect(await packed(house, someone.username)).toMatchObject([{ state: 'ready' }]);
    expect((await back.get('/settings/account/export.json')).status).toBe(200);
  });

  test('a copy goes with its person, files and row', async () => {
    const { ann, username } = await member(house);
    await packedFor(house, ann, username);
    const [copy] = await copiesOf(house, username);
    await ann.get('/settings/account');
    await leave(ann);
    expect((await rowOf(house, username))?.purgeAt).not.toBeNull();
    // Still within its day by a clock that lags, so only the end of the person takes it.
    await sql('UPDATE "DataExport" SET "expiresAt" = $1', [
      new Date(house.clock.now().getTime() + days(30)).toISOString(),
    ]);
    house.clock.pass(days(14));
    await clean(house);
    expect(await rowOf(house, username)).toBeUndefined();
    expect(await sql('SELECT FROM "DataExport" WHERE "id" = $1', [copy!.id])).toEqual([]);
  });
});

test('leavers and visitors get nothing', async () => {
  const { ann } = await leaver(house);
  expect((await ann.get('/settings/account/export.zip')).redirectedTo).toMatch(/^\/login/);
  expect((await visitor(house).get('/settings/account/export.zip')).redirectedTo).toMatch(/^\/login/);
});
