import { beforeAll, describe, expect, test } from '@jest/globals';
import { days, hours, minutes } from '../../../src/kernel/clock.ts';
import { codeIn, eventually } from '../../support/captured.ts';
import { clean } from '../../support/cleaning.ts';
import { changeEmail, changeMobile, codeFor, newEmail, undoIn } from '../../support/contacts.ts';
import { askCopy, copiesOf, fetchJson, fetchZip, packed, packedFor } from '../../support/copies.ts';
import { edit } from '../../support/editing.ts';
import { leaveTraces } from '../../support/features.ts';
import { houseOfThisFile, openTestHouse, withAnother } from '../../support/house.ts';
import { sessionsOf } from '../../support/joining.ts';
import { leave, leaver, member, rowOf, timesOf } from '../../support/deletion.ts';
import { whileLocked } from '../../support/locks.ts';
import { statuses, tally, together } from '../../support/many.ts';
import { jpegOf } from '../../support/pictures.ts';
import { forgot } from '../../support/recovering.ts';
import { openS3 } from '../../support/s3.ts';
import { confirm, copyOf } from '../../support/security.ts';
import { elsewhere, speak } from '../../support/speaking.ts';
import { files, picturesOf, settled, upload } from '../../support/uploading.ts';
import { faultsIn, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const house2 = await houseOfThisFile({ replaced: { retry: { tries: 1, backoff: 10 } } });

describe('copy', () => {
  beforeAll(() => house.empty());

  const sql: typeof house.stores.sql = (text, values) => house.stores.sql(text, values);

  /** Somebody of whom every table holds something; `secrets` is what opens something. */
  const wellKnown = async () => {
    const someone = await member(house);
    const { ann, username, password } = someone;
    const secrets: string[] = [];
    await edit(ann, {
      displayName: 'Lena Ä. “the boat”',
      bio: 'One\nTwo <b>',
      interests: ['', 'sewing', 'coffee'],
    });
    await speak(ann, 'de fr / es-B2 ja');
    const mobile = await changeMobile(house, ann);
    await house.outbox.next(someone.email);
    const email = await changeEmail(house, ann);
    secrets.push((await undoIn(house, someone.email)).split('/').at(-1)!);
    await house.outbox.next(mobile);
    secrets.push(await codeFor(house, ann, newEmail()));
    await forgot(visitor(house), username);
    secrets.push(codeIn((await house.outbox.next(email)).text));
    await visitor(house).startSignUp({ email });
    await house.outbox.next(email);
    await visitor(house).signIn(username, 'a wrong guess');
    await sql(
      `INSERT INTO "PasswordResetLink" ("userId", "id", "channel", "keyId", "tokenHash", "securityVersion", "expiresAt", "createdAt")
     SELECT "id", gen_random_uuid(), 'email', 'a-key-id', 'the-hash-of-a-token-' || "id", 0, "createdAt" + interval '30 minutes', "createdAt" FROM "User" WHERE "username" = $1`,
      [username],
    );
    await upload(ann, 'avatar', await jpegOf(600, 600));
    await upload(ann, 'photo', await jpegOf(700, 500), { alt: 'A boat' });
    await upload(ann, 'photo', Buffer.from('no picture at all'));
    await settled(house, username);
    await leaveTraces(ann, 'Something that was said', (await member(house)).username);
    await elsewhere(house, { username, password });
    return { ...someone, email, mobile, secrets, id: (await rowOf(house, username))!.id };
  };

  /** As it is while somebody says that the app is lost. */
  const giveSecondFactor = async (id: string): Promise<void> => {
    const at = house.clock.now();
    await sql(
      `INSERT INTO "SecondFactor" ("userId", "sealedKey", "keyId", "lastStep", "setUpAt", "wrongCodes", "wrongCodesOfDevices")
       VALUES ($1, 'a sealed key', 'a-key-id', 59000000, $2, ARRAY[$2::timestamptz - interval '1 hour'], ARRAY[$2::timestamptz - interval '2 hours'])`,
      [id, at],
    );
    await sql(
      `INSERT INTO "RecoveryCode" ("userId", "hash", "keyId", "madeAt", "usedAt") VALUES ($1, 'a hash', 'a-key-id', $2::timestamptz - interval '3 hours', $2::timestamptz - interval '30 minutes')`,
      [id, at],
    );
    await sql(
      `INSERT INTO "SecondStep" ("id", "userId", "securityVersion", "ofDevice", "attempts", "endsAt") VALUES (gen_random_uuid(), $1, 0, true, 3, $2::timestamptz + interval '10 minutes')`,
      [id, at],
    );
    await sql(
      `INSERT INTO "LostFactor" ("userId", "id", "securityVersion", "keyId", "tokenHash", "beganAt", "opensAt", "tellAt")
       VALUES ($1, gen_random_uuid(), 0, 'a-key-id', 'the hash of a token', $2, $2::timestamptz + interval '72 hours', $2::timestamptz + interval '1 day')`,
      [id, at],
    );
  };

  /** Everything that stands somewhere in it, as text. */
  const leavesOf = (value: unknown): string[] => {
    if (value === null || typeof value !== 'object') return [String(value)];
    return Object.values(value).flatMap(leavesOf);
  };
  const isMoment = /^\d{4}-\d\d-\d\dT/;
  const plain = (value: unknown): string => {
    const text = String(value);
    return isMoment.test(text) ? new Date(text).toISOString() : text;
  };

  /** What the copy leaves out, and why it may. */
  const withheld = new Set([
    // Names of rows, which say nothing: what hangs together stands together.
    'id',
    'userId',
    'otherId',
    'conversationId',
    // Ids of people; those of others stand there by their names.
    'blockerId',
    'blockedId',
    'hiderId',
    'hiddenId',
    // A number made of an id: where somebody stands in a ring.
    'place',
    // Whether a court asked for it, which it may not want told.
    'heldAt',
    // Secrets, and what leads to them.
    'passwordHash',
    'tokenHash',
    'keyId',
    'sealedKey',
    'hash',
    'lastStep',
    'mediaKey',
    'incomingKey',
    'codeBefore',
    // Other spellings of what is there, and a tiny picture of a picture.
    'oldKey',
    'placeholder',
    'usernameKey',
    'emailKey',
    'destinationKey',
    'askedKey',
    // Would tell who else is here.
    'decoy',
    'muted',
    // Follows from the date of birth, which is there.
    'band',
    // The order in which it stands.
    'position',
    // Of a decision, which is there by what it says.
    'removalId',
    // Work of our own: whether a message is still to be written, and which of the sends counts.
    'noticeDue',
    'readChange',
    'codeSend',
  ]);

  test('holds everything that any table has of the person', async () => {
    const { ann, username, id } = await wellKnown();
    await giveSecondFactor(id);
    await sql(
      `INSERT INTO "RemovedProfile" ("userId", "removalId", "displayName", "bio", "at")
       VALUES ($1, gen_random_uuid(), 'Taken down', 'All of this', $2)`,
      [id, house.clock.now()],
    );
    await sql(
      `INSERT INTO "MessageReaction" ("conversationId", "seq", "userId", "emoji", "at")
       SELECT "conversationId", 1, $1, '👍', $2 FROM "Participation" WHERE "userId" = $1 LIMIT 1`,
      [id, house.clock.now()],
    );
    await packedFor(house, ann, username);
    house.clock.pass(1);
    // It cannot know how large it is itself.
    const itself = await packedFor(house, ann, username);
    const there = new Set(leavesOf(await fetchJson(ann)).map(plain));
    // A recorded event holds ids, and is gone as soon as it has been handed on. Partitions are parts of a table.
    const tables = await sql<{ name: string; mine: string }>(
      `SELECT table_name AS name, column_name AS mine FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name <> 'RecordedEvent'
       AND NOT EXISTS (SELECT FROM pg_class WHERE relname = table_name AND relispartition) AND (column_name IN ('userId', 'blockerId', 'hiderId') OR (table_name = 'User' AND column_name = 'id'))`,
    );
    expect(tables.length).toBeGreaterThanOrEqual(13);
    for (const { name, mine } of tables) {
      const rows = await sql<{ row: Record<string, unknown> }>(
        `SELECT to_jsonb(t) AS row FROM "${name}" t WHERE "${mine}" = $1`,
        [id],
      );
      expect([name, rows.length > 0]).toEqual([name, true]);
      for (const { row } of rows)
        for (const [column, value] of Object.entries(row)) {
          if (withheld.has(column) || value === null || row.id === itself.id) continue;
          for (const leaf of leavesOf(value))
            expect([name, column, leaf, there.has(plain(leaf))]).toEqual([name, column, leaf, true]);
        }
    }
  });

  test('says the same as the person has seen', async () => {
    const { ann, username, email, mobile } = await wellKnown();
    await packedFor(house, ann, username);
    const copy = await fetchJson(ann);
    expect(copy).toMatchObject({
      madeAt: house.clock.now().toISOString(),
      account: { username, dateOfBirth: '1995-05-15', locale: 'en' },
      contacts: { email: { address: email }, mobile: { number: mobile } },
      profile: {
        displayName: 'Lena Ä. “the boat”',
        bio: 'One\nTwo <b>',
        country: 'DE',
        visibility: 'members',
      },
      interests: ['sewing', 'coffee'],
      languages: [
        { code: 'de', role: 'native', level: null },
        { code: 'fr', role: 'native', level: null },
        { code: 'es', role: 'learning', level: 'B2' },
        { code: 'ja', role: 'learning', level: null },
      ],
      pictures: [
        { kind: 'avatar', state: 'ready', file: 'pictures/1-avatar.webp' },
        { kind: 'photo', state: 'ready', alt: 'A boat', file: 'pictures/2-photo.webp' },
      ],
      missingFiles: [],
    });
    expect(copy.openSessions).toHaveLength(2);
    expect((copy.securityEvents as { kind: string }[]).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['joined', 'contact_added', 'contact_changed', 'reset_asked', 'export_asked']),
    );
    expect(copy.languageHistory).toHaveLength(1);
  });

  test('the ZIP has the same JSON, and the pictures as they are kept', async () => {
    const { ann, username } = await wellKnown();
    await packedFor(house, ann, username);
    const zip = await fetchZip(house, ann);
    expect([...zip.keys()]).toEqual([
      'pictures/1-avatar.webp',
      'pictures/2-photo.webp',
      'chatlink.json',
      'README.txt',
    ]);
    expect(JSON.parse(String(zip.get('chatlink.json')))).toEqual(await fetchJson(ann));
    const kept = await picturesOf(house, username);
    for (const [path, kind, variant] of [
      ['pictures/1-avatar.webp', 'avatar', 'avatar-512'],
      ['pictures/2-photo.webp', 'photo', 'photo-1600'],
    ] as const) {
      const picture = kept.find((p) => p.kind === kind && p.state === 'ready')!;
      const { bytes } = await ann.get(`/media/${picture.mediaKey}.${variant}.webp`);
      expect([path, zip.get(path)!.equals(bytes!)]).toEqual([path, true]);
    }
  });

  test('nothing in it opens anything, and nothing tells of anybody else', async () => {
    const { ann, username, id, secrets } = await wellKnown();
    // An address of somebody else, asked for: whether it is one is not ours to say.
    const other = await member(house);
    await ann.post('/settings/contact/email', { email: other.email, currentPassword: 'lantern-tandem-42' });
    const copy = await packedFor(house, ann, username);
    const json = (await ann.get('/settings/account/export.json')).html;
    const zip = await fetchZip(house, ann);
    const [person] = await sql<{ passwordHash: string }>(
      'SELECT "passwordHash" FROM "User" WHERE "id" = $1',
      [id],
    );
    const hashes = await sql<{ tokenHash: string }>(
      'SELECT "tokenHash" FROM "ContactUndo" WHERE "userId" = $1',
      [id],
    );
    const pictures = await picturesOf(house, username);
    const sessions = await sessionsOf(house);
    const mine = [...sessions].filter(([, data]) => data.userId === id);
    expect([secrets.length, mine.length, hashes.length > 0]).toEqual([3, 2, true]);
    const forbidden = [
      ...secrets,
      person!.passwordHash,
      'argon2',
      'the-hash-of-a-token',
      'a-key-id',
      copy.mediaKey!,
      ...hashes.map(({ tokenHash }) => tokenHash),
      ...pictures.map(({ mediaKey }) => mediaKey),
      ...mine.flatMap(([sid, data]) => [sid, String(data.csrfSecret)]),
      id,
      'decoy',
    ];
    for (const text of [json, ...[...zip.values()].map((file) => file.toString('latin1'))])
      for (const secret of forbidden) expect([secret, text.includes(secret)]).toEqual([secret, false]);
  });

  test('it is a download that nobody keeps on the way', async () => {
    const { ann, username } = await member(house);
    await packedFor(house, ann, username);
    const stem = `chatlink-${username}-2026-06-15`;
    for (const [path, type, name] of [
      ['/settings/account/export', 'application/json', `${stem}.json`],
      ['/settings/account/export.json', 'application/json', `${stem}.json`],
      ['/settings/account/export.zip', 'application/zip', `${stem}.zip`],
    ] as const) {
      const page = await ann.get(path);
      expect(page.status).toBe(200);
      expect(page.header('content-type')).toMatch(new RegExp(`^${type}`));
      expect(page.header('content-disposition')).toBe(`attachment; filename="${name}"`);
      expect(page.header('cache-control')).toBe('no-store');
      expect(page.header('x-content-type-options')).toBe('nosniff');
      const head = await ann.send('head', path);
      expect([head.status, head.header('content-length')]).toEqual([200, page.header('content-length')]);
    }
    const post = await ann.post('/settings/account/export.zip');
    expect([post.status, post.header('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('nobody else can fetch it, and its files are no pictures', async () => {
    const { ann, username } = await member(house);
    const copy = await packedFor(house, ann, username);
    const { ann: ben } = await member(house);
    for (const path of ['export', 'export.json', 'export.zip'].map((name) => `/settings/account/${name}`)) {
      const page = await ben.get(path);
      expect([page.status, textOf(page.html)]).toEqual([
        404,
        expect.stringContaining('no copy of your data here'),
      ]);
      expect((await visitor(house).get(path)).redirectedTo).toBe(`/login?next=${encodeURIComponent(path)}`);
    }
    for (const who of [ann, ben])
      for (const ending of ['zip', 'json'])
        expect((await who.get(`/media/${copy.mediaKey}.export.${ending}`)).status).toBe(404);
  });

  test('it can be fetched for a day, to the millisecond, and then its files and its row go', async () => {
    const { ann, username, password } = await member(house);
    const others = await files(house);
    await packedFor(house, ann, username);
    expect((await files(house)).length).toBe(others.length + 2);
    house.clock.pass(hours(24) - 1);
    await clean(house);
    await ann.signIn(username, password);
    expect((await ann.get('/settings/account/export.json')).redirectedTo).toBe('/settings/confirm');
    await confirm(ann, password);
    expect((await ann.get('/settings/account/export.json')).status).toBe(200);
    house.clock.pass(1);
    for (const name of ['export', 'export.json', 'export.zip'])
      expect((await ann.get(`/settings/account/${name}`)).status).toBe(404);
    expect(await copiesOf(house, username)).toHaveLength(1);
    await clean(house, 2);
    expect(await copiesOf(house, username)).toEqual([]);
    expect(
      (await files(house)).filter((file) => file.includes('.export.') && !others.includes(file)),
    ).toEqual([]);
  });

  test('the page tells what there is, and what happened is told in the history', async () => {
    const { ann, username } = await member(house);
    expect(textOf((await ann.get('/settings/account')).html)).toContain('Request a copy of my data');
    await packedFor(house, ann, username);
    const page = textOf((await ann.get('/settings/account')).html);
    expect(page).not.toContain("We're preparing it");
    expect(page).toMatch(/Download ZIP, \d+(\.\d)? (bytes|KB)/);
    expect(page).toContain('Request a new copy');
    expect(textOf((await ann.get('/settings/security')).html)).toContain('You asked for a copy of your data');
    expect(await timesOf(house, username, 'export_asked')).toBe(1);
  });

  test('the newest copy is the one that is given', async () => {
    const { ann, username } = await member(house);
    await packedFor(house, ann, username);
    await edit(ann, { bio: 'Written later.' });
    house.clock.pass(1);
    await packedFor(house, ann, username);
    expect(await fetchJson(ann)).toMatchObject({ profile: { bio: 'Written later.' } });
    expect((await askCopy(visitor(house))).redirectedTo).toBe(
      '/login?next=%2Fsettings%2Faccount&why=signed-out',
    );
  });

  test('a text beside it tells people what each part is, and what its codes stand for', async () => {
    const { ann, username } = await wellKnown();
    await packedFor(house, ann, username);
    const text = String((await fetchZip(house, ann)).get('README.txt'));
    for (const section of Object.keys(await fetchJson(ann))) expect(text).toContain(`\r\n${section}\r\n    `);
    for (const code of ['DE = Germany', 'fr = French', 'ja = Japanese', 'sewing = Sewing and knitting'])
      expect(text).toContain(code);
    expect(text).not.toMatch(/undefined|[^\r]\n/);
  });

  test('that text is in the language of its person', async () => {
    const { ann, username } = await member(house);
    await sql(`UPDATE "User" SET "locale" = 'en-XA' WHERE "username" = $1`, [username]);
    await packedFor(house, ann, username);
    const text = String((await fetchZip(house, ann)).get('README.txt'));
    expect(text).toMatch(/^⟦Ý.+⟧\r\n/);
    expect(text).not.toContain('Your data');
  });
});

describe('copy limits', () => {
  const house = house2;
  beforeAll(async () => {
    await house.empty();
  });

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
          expect(page).toContain("We're preparing it.");
          expect(page).not.toContain('Request a');
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
        expect(page).toContain("We're preparing it.");
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
      expect(page).toContain("That's 3 copies in a day. You can ask for the next one from");
      expect(page).not.toContain('Request a');
      const late = await elsewhere(house, someone);
      const fourth = await askCopy(late);
      expect([fourth.status, fourth.header('retry-after')]).toEqual([429, String(21 * 3600)]);
      expect(textOf(fourth.html)).toContain("You've had 3 copies of your data in a day.");
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
        "That didn't work. It was our fault.",
      );
      expect((await ann.get('/settings/account/export.zip')).status).toBe(404);
      await sql('ALTER TABLE "Elsewhere" RENAME TO "LanguageChange"');
      await packedFor(house, ann, username);
      expect(textOf((await ann.get('/settings/account')).html)).not.toContain("That didn't work.");
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
      expect(page).toContain('Please enter your password again before we prepare a copy of your data.');
      expect(page).toContain('Back to your account');
      const wrong = await ann.post('/settings/confirm', { currentPassword: 'a guess' });
      expect([wrong.status, faultsIn(wrong.html)]).toEqual([
        422,
        { currentPassword: "That's not your password." },
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
      expect(textOf(page.html)).toContain('before we sign out any devices.');
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
      await redis.rename('bull:{exports}:meta', 'kept:meta').catch(() => {});
      await redis.rename('bull:{exports}:id', 'kept:id').catch(() => {});
      await redis.lpush('bull:{exports}:id', 'none');
      expect((await askCopy(ann)).redirectedTo).toBe('/settings/account');
      await redis.del('bull:{exports}:id');
      await redis.rename('kept:id', 'bull:{exports}:id').catch(() => {});
      await redis.rename('kept:meta', 'bull:{exports}:meta').catch(() => {});
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
      await eventually(async () => (await redis.llen('bull:{exports}:active')) === 0, 'an idle worker');
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
});

describe('copy stores', () => {
  test('in an S3-compatible service it is the same', async () => {
    const s3 = await openS3();
    const { endpoint, bucket, region, accessKeyId, secretAccessKey } = s3.options;
    const there = await openTestHouse({
      env: {
        MEDIA_DIR: '',
        S3_ENDPOINT: endpoint,
        S3_BUCKET: bucket,
        S3_REGION: region,
        S3_ACCESS_KEY_ID: accessKeyId,
        S3_SECRET_ACCESS_KEY: secretAccessKey,
      },
      replaced: { retry: { tries: 1, backoff: 10 } },
    });
    try {
      const { ann, username } = await member(there);
      await upload(ann, 'avatar', await jpegOf());
      await settled(there, username);
      await packedFor(there, ann, username);
      const zip = await fetchZip(there, ann);
      expect(JSON.parse(String(zip.get('chatlink.json')))).toEqual(await fetchJson(ann));

      await s3.stop();
      const away = await ann.get('/settings/account/export.zip');
      expect([away.status, away.header('content-disposition')]).toEqual([503, undefined]);
      expect((await ann.get('/settings/account')).status).toBe(200);
      there.clock.pass(1);
      await askCopy(ann);
      expect((await packed(there, username)).at(-1)).toMatchObject({ state: 'failed' });
      await s3.start();
      // Copies of one moment have no order among them.
      there.clock.pass(1);
      await packedFor(there, ann, username);
    } finally {
      await there.close();
      await s3.close();
    }
  });
});

describe('copy fetching', () => {
  beforeAll(() => house.empty());

  const paths = ['export', 'export.json', 'export.zip'].map((name) => `/settings/account/${name}`);

  test('for fifteen minutes after the password, to the millisecond, the copy is simply given', async () => {
    const { ann, username } = await member(house);
    await packedFor(house, ann, username);
    house.clock.pass(minutes(15) - 1);
    for (const path of paths) expect((await ann.get(path)).status).toBe(200);
    house.clock.pass(1);
    for (const path of paths)
      for (const method of ['get', 'head'] as const) {
        const page = await ann.send(method, path);
        expect([page.status, page.redirectedTo, page.html.length]).toEqual([
          303,
          '/settings/confirm',
          expect.any(Number),
        ]);
        expect(page.html).not.toContain(username);
      }
  });

  test('a stolen session fetches nothing; its person types the password and then downloads', async () => {
    const { ann, username, email } = await member(house);
    await packedFor(house, ann, username);
    house.clock.pass(minutes(16));
    const thief = copyOf(house, ann);
    await thief.get('/settings/account/export.json');
    const asked = await thief.get('/settings/confirm');
    expect(textOf(asked.html)).toContain('before you download the copy of your data');
    expect((await confirm(thief, 'lantern-tandem-43')).status).toBe(422);
    expect((await thief.get('/settings/account/export.zip')).redirectedTo).toBe('/settings/confirm');

    expect((await confirm(ann)).redirectedTo).toBe('/settings/account');
    expect(textOf((await ann.get('/settings/account')).html)).toContain('Now you can download your copy.');
    expect(JSON.stringify(await fetchJson(ann))).toContain(email);
    expect((await fetchZip(house, ann)).size).toBeGreaterThan(0);
  });

  test('the page’s links lead to the password where it is asked for, not into a file', async () => {
    const { ann, username } = await member(house);
    await packedFor(house, ann, username);
    expect((await ann.get('/settings/account')).html).not.toMatch(/<a [^>]*\bdownload\b/);
  });
});
