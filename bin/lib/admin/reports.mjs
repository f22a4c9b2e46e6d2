import { Stop } from '../say.mjs';

/** From so many people, a report goes before others (the law of the community). */
const manyReporters = 3;
const most = 200;

/** Of one person, whatever of theirs was reported; a visitor counts once each time. */
const reporters = `(
  SELECT count(DISTINCT COALESCE(o."reporterId", o."id"))::int FROM "Report" o
  WHERE o."personId" = r."personId" AND o."decidedAt" IS NULL)`;

const open = `
  SELECT r."id", r."kind", r."about", r."reason"::text AS reason, r."involvesMinor", r."at", COALESCE(${reporters}, 1) AS reporters
  FROM "Report" r WHERE r."decidedAt" IS NULL
  ORDER BY r."involvesMinor" DESC, COALESCE(${reporters}, 1) >= ${manyReporters} DESC, r."at", r."id" LIMIT ${most + 1}`;

/** What somebody else wrote must not speak to the terminal. */
const plain = (text) => String(text).replace(/(?!\n)\p{C}/gu, '\uFFFD');
const moment = (at) => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function ageOf(at, now) {
  const hours = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 3_600_000));
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

function table(rows) {
  const widths = rows[0].map((_, n) => Math.max(...rows.map((row) => row[n].length)));
  return rows.map((row) =>
    row
      .map((cell, n) => cell.padEnd(widths[n]))
      .join('  ')
      .trimEnd(),
  );
}

export async function listReports(client, now) {
  const { rows } = await client.query(open);
  if (rows.length === 0) return 'Nothing is waiting.';
  const shown = rows
    .slice(0, most)
    .map((row) => [
      row.id,
      row.involvesMinor ? 'minor' : '',
      `${row.reporters}`,
      ageOf(row.at, now),
      row.reason,
      row.kind,
      plain(row.about).replaceAll('\n', ' '),
    ]);
  const lines = table([['ID', 'MINOR', 'REPORTERS', 'AGE', 'REASON', 'KIND', 'ABOUT'], ...shown]);
  return [...lines, ...(rows.length > most ? [`… and more than these ${most}.`] : [])].join('\n');
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export function demandId(id) {
  if (!uuid.test(id)) throw new Stop('That is no number of a report: npm run admin -- reports lists them.');
}

const indented = (text) =>
  plain(text)
    .split('\n')
    .map((line) => `    ${line}`);

function evidenceLines({ profile, messages = [], sealed = [], pictures = [] }) {
  const facts = Object.entries(profile ?? {}).map(
    ([name, value]) => `  ${name}: ${plain(typeof value === 'string' ? value : JSON.stringify(value))}`,
  );
  return [
    ...(profile ? ['', 'The profile, as it stood:', ...facts] : []),
    ...(pictures.length > 0 ? ['', 'Pictures, by their keys in the media store:'] : []),
    ...pictures.map(({ kind, alt, key }) => `  ${kind} ${key} ${plain(alt)}`.trimEnd()),
    ...(messages.length > 0 ? ['', 'Messages:'] : []),
    ...messages.flatMap(({ by, at, text }) => [`  ${at} ${by}`, ...indented(text)]),
    ...(sealed.length > 0 ? ['', 'What the reported one wrote before changing or deleting it:'] : []),
    ...sealed.flatMap(({ at, text }) => [`  ${at}`, ...indented(text)]),
  ];
}

/** The look is written down, as one at the desk is. */
export async function showReport(client, id, now) {
  demandId(id);
  const { rows } = await client.query(
    `WITH r AS (SELECT * FROM "Report" WHERE "id" = $1
     ), looked AS (
       INSERT INTO "DeskAudit" ("at", "act", "caseId", "personId") SELECT $2, 'look-server', r."caseId", r."personId" FROM r
     )
     SELECT r.*, r."reason"::text AS reason, me."username" AS reporter, they."username" AS person FROM r
     LEFT JOIN "User" me ON me."id" = r."reporterId" LEFT JOIN "User" they ON they."id" = r."personId"`,
    [id, now],
  );
  const [row] = rows;
  if (!row) throw new Stop('There is no such report.');
  return [
    `Report ${row.id}`,
    `  about: ${plain(row.about)} (${row.kind})`,
    `  whose: ${row.person ?? (row.personId ? 'somebody whose account is gone' : 'nobody who is here')}`,
    `  reason: ${row.reason}`,
    `  a minor is involved: ${row.involvesMinor ? 'yes' : 'no'}`,
    `  from: ${row.reporter ?? (row.reporterId ? 'somebody whose account is gone' : 'a visitor')}`,
    ...(row.contactEmail ? [`  where to ask: ${plain(row.contactEmail)}`] : []),
    `  sent: ${moment(row.at)}`,
    `  decided: ${row.decidedAt ? moment(row.decidedAt) : 'not yet'}`,
    ...(row.text ? ['', "The reporter's words:", ...indented(row.text)] : []),
    ...evidenceLines(row.evidence ?? {}),
  ].join('\n');
}
