import { expect, test } from '@jest/globals';
import { hours } from '../../../src/kernel/clock.ts';
import { clean } from '../../support/cleaning.ts';
import { codeIn } from '../../support/captured.ts';
import { changeEmail, changeMobile, codeFor, newEmail, undoIn } from '../../support/contacts.ts';
import { askCopy, copiesOf, fetchJson, fetchZip, packedFor } from '../../support/copies.ts';
import { edit } from '../../support/editing.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { sessionsOf } from '../../support/joining.ts';
import { member, rowOf, timesOf } from '../../support/leaving.ts';
import { jpegOf } from '../../support/pictures.ts';
import { forgot } from '../../support/recovering.ts';
import { elsewhere, speak } from '../../support/speaking.ts';
import { files, picturesOf, settled, upload } from '../../support/uploading.ts';
import { textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
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
  await elsewhere(house, { username, password });
  return { ...someone, email, mobile, secrets, id: (await rowOf(house, username))!.id };
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
  // Secrets, and what leads to them.
  'passwordHash',
  'tokenHash',
  'keyId',
  'mediaKey',
  'incomingKey',
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
  // The order in which it stands.
  'position',
  // Work of our own: whether a letter is still to be written.
  'noticeDue',
]);

test('holds everything that any table has of the person', async () => {
  const { ann, username, id } = await wellKnown();
  await packedFor(house, ann, username);
  house.clock.pass(1);
  // It cannot know how large it is itself.
  const itself = await packedFor(house, ann, username);
  const there = new Set(leavesOf(await fetchJson(ann)).map(plain));
  const tables = await sql<{ name: string; mine: string }>(
    `SELECT table_name AS name, column_name AS mine FROM information_schema.columns
     WHERE table_schema = 'public' AND (column_name = 'userId' OR (table_name = 'User' AND column_name = 'id'))`,
  );
  expect(tables.length).toBeGreaterThanOrEqual(11);
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
    account: { username, dateOfBirth: '1995-05-15' },
    contacts: { email: { address: email }, mobile: { number: mobile } },
    profile: { displayName: 'Lena Ä. “the boat”', bio: 'One\nTwo <b>', country: 'DE', visibility: 'members' },
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
  const [person] = await sql<{ passwordHash: string }>('SELECT "passwordHash" FROM "User" WHERE "id" = $1', [
    id,
  ]);
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
      expect.stringContaining('There is no copy of your data here'),
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
  expect((await ann.get('/settings/account/export.json')).status).toBe(200);
  house.clock.pass(1);
  for (const name of ['export', 'export.json', 'export.zip'])
    expect((await ann.get(`/settings/account/${name}`)).status).toBe(404);
  expect(await copiesOf(house, username)).toHaveLength(1);
  await clean(house, 2);
  expect(await copiesOf(house, username)).toEqual([]);
  expect((await files(house)).filter((file) => file.includes('.export.') && !others.includes(file))).toEqual(
    [],
  );
});

test('the page tells what there is, and what happened is told in the history', async () => {
  const { ann, username } = await member(house);
  expect(textOf((await ann.get('/settings/account')).html)).toContain('Pack a copy of my data');
  await packedFor(house, ann, username);
  const page = textOf((await ann.get('/settings/account')).html);
  expect(page).not.toContain('We are packing');
  expect(page).toMatch(/Download ZIP, \d+(\.\d)? (bytes|KB)/);
  expect(page).toContain('Pack a new copy');
  expect(textOf((await ann.get('/settings/security')).html)).toContain('A copy of your data was asked for');
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
