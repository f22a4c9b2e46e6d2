import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { catalogueOf, schemaAsSql } from '../support/catalogue.ts';
import { featureFacts } from '../support/features.ts';
import { asked, createTestStores } from '../support/stores.ts';

const stores = await createTestStores();
const fresh = new URL(stores.ownerUrl);
fresh.pathname = `/fresh_${randomBytes(4).toString('hex')}`;
const name = fresh.pathname.slice(1);

/** What stands in one of two databases and not in the other. */
let missing: string[];
let more: string[];
let tables: string[];

beforeAll(async () => {
  await stores.sql(`CREATE DATABASE ${name}`);
  await asked(fresh.href, await schemaAsSql());
  const [said, migrated] = [await catalogueOf(fresh.href), await catalogueOf(stores.ownerUrl)];
  missing = said.filter((line) => !migrated.includes(line));
  more = migrated.filter((line) => !said.includes(line));
  tables = said.flatMap((line) => /^table (\w+) plain/.exec(line)?.[1] ?? []);
});
afterAll(async () => {
  await stores.sql(`DROP DATABASE ${name} WITH (FORCE)`);
  await stores.drop();
});

/** Of what belongs to no feature, and of all features. */
const checks: Record<string, readonly string[]> = Object.assign(
  { RecordedEvent: ['name_shape'] },
  ...featureFacts.map((facts) => facts.checks),
);

const partitioned = [
  'Conversation',
  'KeptMessage',
  'Message',
  'MessageReaction',
  'MessageVersion',
  'Participation',
];

const byHand = [
  'function age_band(date,timestamp with time zone)',
  'function apply_desk_decision()',
  'function audit_desk_case()',
  'function audit_desk_decision()',
  'function audit_desk_delete()',
  'function audit_desk_person()',
  'function audit_forgotten_ban()',
  'function audit_report()',
  'function audit_staff_gone()',
  'function audit_user()',
  'function bans_of(text[],timestamp with time zone)',
  'function bound_desk_holds()',
  'function conversation_id(uuid,uuid)',
  'function date_audit()',
  'function end_conversation()',
  'function gravity("ReportReason")',
  'function guard_audit()',
  'function guard_case()',
  'function guard_decision()',
  'function guard_new_decision()',
  'function guard_report()',
  'function guard_second_factor()',
  'function guard_user()',
  'function hold_sealed()',
  'function index_changed_languages()',
  'function index_changed_person()',
  'function index_language_pairs(uuid[])',
  'function is_owner(oid)',
  'function move_band(uuid,timestamp with time zone)',
  'function no_block_between(uuid,uuid)',
  'function note_change()',
  'function open_appeal()',
  'function open_desk_case()',
  'function pair_key(uuid,uuid)',
  'function place_in_ring(uuid)',
  'function prune_desk_audit(integer)',
  'function set_age_band()',
  // Of the few that wait for the desk.
  'index Conversation_held_idx btree ("heldAt") WHERE ("heldAt" IS NOT NULL)',
  // Of the few that are held.
  'index DeskCase_held_idx btree ("heldBy") WHERE ("heldBy" IS NOT NULL)',
  // One case for all reports of the same thing.
  `index DeskCase_open_once btree (thing) WHERE (state = ANY (ARRAY['open'::"DeskState", 'second'::"DeskState"]))`,
  // Of the few that wait.
  `index DeskCase_waiting_idx btree ("openedAt") WHERE (state <> 'closed'::"DeskState")`,
  // A date of birth changes once.
  'index DeskDecision_born_once btree ("personId") WHERE (("dateOfBirth" IS NOT NULL) AND ("overturnedAt" IS NULL))',
  // Of the few that somebody has still to hear of.
  'index DeskDecision_untold_idx btree (at) WHERE (("statementSentAt" IS NULL) OR ("outcomeSentAt" IS NULL) OR ("helpSentAt" IS NULL) OR (NOT "carriedOut"))',
  // Of the few that were deleted lately.
  'index LanguagePair_newest_idx btree (speaks, learns, band, "userId") INCLUDE (level, place, "from", until)',
  "index LanguagePair_over_idx btree (until) WHERE (until < 'infinity'::timestamp with time zone)",
  'index LanguagePair_ring_idx btree (speaks, learns, band, dormant, place) INCLUDE ("userId", level, "from", until)',
  'index Message_answers_idx btree ("conversationId", answers) WHERE (answers IS NOT NULL)',
  'index Message_changed_idx btree ("conversationId", change) WHERE "isChanged"',
  'index Message_corrects_idx btree ("conversationId", corrects) WHERE (corrects IS NOT NULL)',
  `index Message_deleted_idx btree ("deletedAt") WHERE (("deletedAt" IS NOT NULL) AND (text <> ''::text))`,
  'index Report_ended_idx btree ("decidedAt") WHERE ("decidedAt" IS NOT NULL)',
  'index Report_open_idx btree ("personId", "reporterId") WHERE ("decidedAt" IS NULL)',
  // A second press says nothing new.
  'index Report_open_once btree ("reporterId", thing, reason, md5(text), "contactEmail") NULLS NOT DISTINCT WHERE ("decidedAt" IS NULL)',
  'index Report_untold_idx btree (at) WHERE (("noticeSentAt" IS NULL) OR ("receiptSentAt" IS NULL) OR (("decidedAt" IS NOT NULL) AND ("decisionSentAt" IS NULL)))',
  // Of the few who come into another band.
  `index User_minors_idx btree ("dateOfBirth") WHERE (band <> '18-over'::"AgeBand")`,
  // Of the few who leave: Prisma's schema indexes all rows or none.
  'index User_purgeAt_idx btree ("purgeAt") WHERE ("purgeAt" IS NOT NULL)',
  // Of the few who work at the desk.
  `index User_staff_idx btree (role) WHERE (role <> 'member'::"Role")`,
  // Of what a name looks like: Prisma's schema indexes columns, and no expression.
  `index User_username_skeleton btree (replace(replace(translate("usernameKey", 'i10._'::text, 'llo'::text), 'm'::text, 'rn'::text), 'w'::text, 'vv'::text))`,
  // Partitioned by hash, which Prisma has no word for.
  ...partitioned.map((name) => `table ${name} p`),
  'trigger BannedTrace_audit_delete on "BannedTrace"',
  'trigger Block_ends_conversation on "Block"',
  'trigger DeskAudit_dated on "DeskAudit"',
  'trigger DeskAudit_guard on "DeskAudit"',
  'trigger DeskAudit_guard_all on "DeskAudit"',
  'trigger DeskCase_audit on "DeskCase"',
  'trigger DeskCase_audit_delete on "DeskCase"',
  'trigger DeskCase_audit_person on "DeskCase"',
  'trigger DeskCase_guard on "DeskCase"',
  'trigger DeskCase_hold on "DeskCase"',
  'trigger DeskCase_holds on "DeskCase"',
  'trigger DeskDecision_appealed on "DeskDecision"',
  'trigger DeskDecision_applies on "DeskDecision"',
  'trigger DeskDecision_audit on "DeskDecision"',
  'trigger DeskDecision_audit_delete on "DeskDecision"',
  'trigger DeskDecision_guard_insert on "DeskDecision"',
  'trigger DeskDecision_guard_update on "DeskDecision"',
  'trigger Message_note_change on "Message"',
  ...Array.from({ length: 8 }, (_, n) => `trigger Message_note_change on "Message_${n}"`),
  'trigger Report_audit on "Report"',
  'trigger Report_audit_delete on "Report"',
  'trigger Report_case on "Report"',
  'trigger Report_guard on "Report"',
  'trigger SecondFactor_guard on "SecondFactor"',
  'trigger UserLanguage_index_delete on "UserLanguage"',
  'trigger UserLanguage_index_insert on "UserLanguage"',
  'trigger UserLanguage_index_update on "UserLanguage"',
  'trigger User_age_band on "User"',
  'trigger User_audit on "User"',
  'trigger User_audit_delete on "User"',
  'trigger User_guard_delete on "User"',
  'trigger User_guard_insert on "User"',
  'trigger User_guard_update on "User"',
  'trigger User_index on "User"',
];

const isCheck = (line: string): boolean => /^constraint \w+ CHECK/.test(line);
const isBookkeeping = (line: string): boolean => /^\w+ _prisma_migrations/.test(line);
const isGrant = (line: string): boolean => line.startsWith('grant ');

test('the migrations make what the schema says', () => {
  const inOnePiece = partitioned.map((name) => `table ${name} plain`);
  expect(missing).toEqual(['index User_purgeAt_idx btree ("purgeAt")', ...inOnePiece]);
});

test('no table is without the rules for its rows, which Prisma has no word for', () => {
  const names = Object.entries(checks).flatMap(([table, rules]) => rules.map((rule) => `${table}_${rule}`));
  expect(new Set(more.filter(isCheck).map((line) => line.split(' ')[1]))).toEqual(new Set(names));
});

test('the site may work with the rows of every table, which Prisma does not give out', () => {
  const isAudit = (table: string) => table === 'DeskAudit';
  const all = tables
    .filter((table) => !isAudit(table))
    .map((table) => `grant on ${table}: DELETE, INSERT, SELECT, UPDATE`);
  const others = [
    // The law of the community: nothing of it can be changed or deleted by the site.
    'grant on DeskAudit: INSERT, SELECT',
    'grant on _prisma_migrations: SELECT',
    'grant on RecordedEvent_id_seq: USAGE',
    'grant on later S: USAGE',
    'grant on later r: DELETE, INSERT, SELECT, UPDATE',
  ];
  expect(new Set(more.filter(isGrant))).toEqual(new Set([...all, ...others]));
});

test('nothing else was made by hand', () => {
  const rest = more.filter((line) => !isCheck(line) && !isBookkeeping(line) && !isGrant(line));
  expect(rest).toEqual(byHand);
});
