import type { DeskCase, QueuePart, QueueRow } from '../../../src/features/desk/cases/cases.ts';
import { casePage } from '../../../src/features/desk/moderating/case.page.ts';
import { queuePage } from '../../../src/features/desk/moderating/queue.page.ts';
import { personPage } from '../../../src/features/desk/people/people.page.ts';
import type { DeskPerson } from '../../../src/features/desk/people/people.ts';
import { appealPage, suspendedPage } from '../../../src/features/desk/standing/standing.page.ts';
import type { OwnDecision, Standing } from '../../../src/features/desk/standing/standing.ts';
import { days, hours, later } from '../../../src/kernel/clock.ts';
import { durationOf } from '../../../src/kernel/duration.ts';
import { message } from '../../../src/kernel/message.ts';
import type { CataloguePage } from './types.ts';

const now = new Date(Date.UTC(2026, 10, 25, 14, 3));
const at = later(now, -hours(3)).toISOString();
const id = '019ab0c1-0000-7000-8000-000000000001';
const long = 'wolfeschlegelsteinhausenberge';

const row: QueueRow = {
  id,
  kind: 'message',
  reason: 'insult',
  state: 'open',
  involvesMinor: false,
  band: '18-over',
  reporters: 1,
  openedAt: later(now, -hours(3)),
  since: later(now, -hours(3)),
  aboutStaff: false,
  heldBy: null,
  mine: false,
  mayTake: true,
};
const rows: QueueRow[] = [
  {
    ...row,
    reason: 'minor',
    involvesMinor: true,
    band: 'under-16',
    reporters: 4,
    openedAt: later(now, -hours(30)),
    since: later(now, -hours(30)),
  },
  { ...row, kind: 'person', reason: 'self-harm', state: 'second', heldBy: long, mayTake: false },
  { ...row, kind: 'signal', reason: 'other', mine: true, mayTake: false },
  { ...row, kind: 'outside', band: null, state: 'appealed', since: later(now, -days(4)) },
  { ...row, kind: 'person', aboutStaff: true, mayTake: false },
];
const waiting = { open: 1_061, mine: 1, danger: 12, appeals: 0 };
const few = (shown: QueueRow[]): QueuePart => ({ rows: shown, all: shown.length, held: 1, waiting });

const picture = { kind: 'photo', alt: 'My dog on the beach', key: 'x'.repeat(22) };
const found: DeskCase = {
  id,
  kind: 'message',
  thing: `message:${id}:3`,
  isSealed: false,
  reason: 'insult',
  state: 'open',
  involvesMinor: false,
  openedAt: later(now, -hours(3)),
  closedAt: null,
  sealedAt: null,
  version: 3,
  heldBy: 'desk',
  heldUntil: later(now, hours(0.2)),
  mine: true,
  mayHandle: true,
  mayTakeWordBack: false,
  mayGiveBack: false,
  isAwayBySeal: false,
  isNameless: false,
  person: {
    username: long,
    band: '16-17',
    country: 'DE',
    createdAt: at,
    isStaff: false,
    isBarred: true,
    bornChanged: false,
    earlier: 2,
  },
  reports: [
    {
      id,
      from: 'ann',
      fromBand: '16-17',
      before: { all: 3, upheld: 2 },
      kind: 'message',
      about: `message:${long}:3`,
      thing: 'message:3',
      reason: 'insult',
      text: 'He asks again and again.\nPlease help.',
      contactEmail: null,
      at,
      evidence: {
        profile: { username: long, bio: `أهلا <b>${'W'.repeat(120)}`, country: 'DE' },
        messages: [
          { thing: 'message:1', by: 'reporter', text: 'Hi! How was your exam?', at },
          { thing: 'message:2', by: 'reported', text: 'Send me a picture.\nNow!', at },
          { thing: 'message:3', by: 'reported', text: null, at },
        ],
        sealed: [{ thing: 'message:3', text: `Or else ${'w'.repeat(90)}`, at }],
        pictures: [picture, { ...picture, alt: '' }, { ...picture, alt: 'W'.repeat(400) }],
      },
    },
    {
      id: id.replace(/1$/, '2'),
      from: null,
      fromBand: null,
      before: { all: 0, upheld: 0 },
      kind: 'outside',
      about: '@mika',
      thing: 'outside:mika',
      reason: 'minor',
      text: 'She is my daughter.',
      contactEmail: 'parent@example.com',
      at,
      evidence: null,
    },
  ],
  reportCount: 2,
  hasAddress: true,
  decisions: [],
};
const decision: DeskCase['decisions'][number] = {
  id,
  act: 'ban',
  reason: 'insult',
  fact: 'You told somebody to send you a picture, or else.',
  untilAt: null,
  dateOfBirth: null,
  answer: null,
  at,
  by: 'desk',
  mine: false,
  needsSecond: true,
  confirmedAt: null,
  confirmedBy: null,
  overturnedAt: null,
  appeal: null,
  appealedAt: null,
  answeredAt: null,
};
const hidden = { shown: null, inColour: false, part: 1 };

function desk(name: string, view: string, model: CataloguePage['model'], path = '/desk'): CataloguePage {
  return { name: `desk-${name}`, view: `desk/${view}`, model, signedIn: true, site: { path } };
}
function one(
  name: string,
  changes: Partial<DeskCase>,
  state = {},
  own: 'decision' | 'word' | null = null,
): CataloguePage {
  const page = casePage({ ...found, ...changes }, { ...hidden, ...state }, now, own);
  return desk(`case-${name}`, 'case', page, `/desk/cases/${id}`);
}

const person: DeskPerson = {
  username: long,
  displayName: 'W'.repeat(40),
  band: '18-over',
  country: 'DE',
  createdAt: now,
  isStaff: false,
  bannedAt: null,
  suspendedUntil: null,
  limitedUntil: null,
  purgeAt: null,
  isHeld: false,
  reported: 0,
  cases: [],
  decisions: [],
};
const seenOften: DeskPerson = {
  ...person,
  isStaff: true,
  bannedAt: now,
  suspendedUntil: later(now, days(3)),
  limitedUntil: later(now, days(7)),
  purgeAt: later(now, days(14)),
  isHeld: true,
  reported: 3,
  cases: [{ id, kind: 'message', reason: 'insult', state: 'closed', openedAt: at }],
  decisions: [{ act: 'warn', reason: 'insult', at, overturned: true }],
};

const own: OwnDecision = {
  id,
  kind: 'message',
  dateOfBirth: null,
  answer: null,
  act: 'suspend',
  reason: 'insult',
  fact: `You wrote: ${'W'.repeat(90)}`,
  untilAt: later(now, days(7)).toISOString(),
  at,
  bySignal: false,
  provisional: false,
  overturnedAt: null,
  appeal: null,
  appealedAt: null,
  answeredAt: null,
  appealable: true,
};
const standing: Standing = {
  username: long,
  bannedAt: null,
  suspendedUntil: later(now, days(7)),
  purgeAt: null,
  underAge: false,
  isMinor: false,
  decisions: [own],
};
const noCopy = { making: false, failed: false, ready: null, nextAt: null };

function suspended(name: string, changes: Partial<Standing>, state = {}): CataloguePage {
  return {
    name: `suspended-${name}`,
    view: 'desk/suspended',
    model: suspendedPage({ ...standing, ...changes }, noCopy, { perDay: 2, ...state }),
    site: { path: '/suspended' },
  };
}
function appeal(
  name: string,
  decisions: OwnDecision[],
  barred: boolean,
  state = {},
  isMinor = false,
): CataloguePage {
  return {
    name: `appeal-${name}`,
    view: barred ? 'desk/appeal' : 'settings/decisions',
    model: appealPage({ ...standing, isMinor, decisions }, barred, state),
    signedIn: !barred,
    site: { path: '/appeal' },
  };
}

export const deskPages: CataloguePage[] = [
  desk('queue', 'queue', queuePage(few(rows), 'open', now)),
  desk('queue-empty', 'queue', queuePage(few([]), 'open', now)),
  desk('queue-filtered', 'queue', queuePage(few([]), 'appeals', now)),
  desk(
    'queue-full',
    'queue',
    queuePage({ rows: Array.from({ length: 50 }, () => row), all: 1_061, held: 5, waiting }, 'closed', now),
  ),
  one('open', {}),
  one('picture', {}, { shown: `${id}.0` }),
  one('picture-colour', {}, { shown: `${id}.1`, inColour: true }),
  one(
    'errors',
    {},
    {
      values: { act: 'suspend', days: '', dateOfBirth: '31-2-2010', fact: '' },
      errors: [
        { name: 'days', text: message('desk.decide.days.error', { most: 365 }) },
        { name: 'dateOfBirth', text: message('desk.decide.born.error') },
        { name: 'fact', text: message('desk.decide.fact.error') },
      ],
    },
  ),
  one('free', { mine: false, heldBy: null }),
  one('held', { mine: false, heldBy: long }),
  one('sealed', { sealedAt: now }),
  one('second', { state: 'second', decisions: [decision] }),
  one(
    'mine',
    { mine: false, heldBy: null, mayHandle: false, state: 'second', decisions: [decision] },
    {},
    'decision',
  ),
  one('appealed', {
    state: 'appealed',
    decisions: [{ ...decision, confirmedAt: at, appeal: 'That was a joke.\nWe laughed.', appealedAt: at }],
  }),
  one('sealed-elsewhere', { isSealed: true }),
  one('born-changed', { person: { ...found.person!, bornChanged: true } }),
  one(
    'changed',
    {},
    {
      values: { act: 'warn', fact: 'You shouted at somebody.' },
      errors: [{ name: '', text: message('desk.changed.anew') }],
    },
  ),
  one(
    'taken',
    { mine: false, heldBy: long },
    {
      values: { act: 'warn', fact: 'You shouted at somebody.\nTwice.' },
      errors: [{ name: '', text: message('desk.changed') }],
    },
  ),
  one(
    'answer-errors',
    {
      state: 'appealed',
      decisions: [
        { ...decision, act: 'age', confirmedAt: at, appeal: 'I am 17.', appealedAt: at },
        { ...decision, act: 'age', dateOfBirth: '2010-03-01', confirmedAt: at },
      ],
    },
    {
      values: { stays: 'yes', answer: '' },
      errors: [{ name: 'answer', text: message('desk.answer.text.error') }],
    },
  ),
  one('answer-two', {
    state: 'appealed',
    decisions: [
      { ...decision, act: 'remove', confirmedAt: at, appeal: 'It was a joke.', appealedAt: at },
      { ...decision, act: 'warn', confirmedAt: at, appeal: 'I never wrote that.', appealedAt: at },
    ],
  }),
  one(
    'second-errors',
    { state: 'second', decisions: [decision] },
    { errors: [{ name: 'stays', text: message('desk.stays.error') }] },
  ),
  one(
    'more',
    { state: 'closed', decisions: [{ ...decision, act: 'warn', needsSecond: false }] },
    { values: { act: 'ban', fact: '' }, errors: [{ name: 'fact', text: message('desk.decide.fact.error') }] },
  ),
  one(
    'closed-so-far',
    { state: 'closed', mine: false, heldBy: null, decisions: [{ ...decision, confirmedAt: at }] },
    {},
    'word',
  ),
  one('given-back', {
    state: 'closed',
    mine: false,
    heldBy: null,
    mayGiveBack: true,
    isAwayBySeal: true,
    decisions: [
      { ...decision, act: 'remove', needsSecond: false },
      { ...decision, act: 'remove', overturnedAt: at },
    ],
  }),
  one('part', { reportCount: 1_061 }, { part: 2 }),
  one(
    'signal',
    {
      kind: 'signal',
      reports: ['minors', 'banned'].map((name, n) => ({
        ...found.reports[1]!,
        id: found.reports[n]!.id,
        kind: 'signal',
        thing: `signal:${name}:${id}`,
        contactEmail: null,
        text: '',
      })),
    },
    { numbers: [{ what: 'block', people: 4, minors: 3 }] },
  ),
  one('closed', {
    state: 'closed',
    mine: false,
    mayHandle: false,
    heldBy: null,
    decisions: [
      { ...decision, act: 'suspend', untilAt: at, confirmedAt: at },
      { ...decision, by: null, overturnedAt: at },
      { ...decision, appealedAt: at, answeredAt: at, appeal: 'No.', answer: 'You wrote it three times.' },
      { ...decision, needsSecond: false },
    ],
  }),
  one('staff', { mine: false, mayHandle: false, person: { ...found.person!, isStaff: true } }),
  one('nobody', { person: null, reports: found.reports.slice(1) }),
  one(
    'nameless',
    { kind: 'outside', person: null, isNameless: true, reports: found.reports.slice(1) },
    { values: { username: long }, errors: [{ name: 'username', text: message('desk.name.error') }] },
  ),
  desk('person', 'person', personPage(person, now), `/desk/people/${long}`),
  desk('person-often', 'person', personPage(seenOften, now), `/desk/people/${long}`),
  desk(
    'person-contact',
    'person',
    personPage(person, now, { contact: { email: `${long}@example.com`, phone: '+4915123456789' } }),
    `/desk/people/${long}`,
  ),
  desk('person-no-contact', 'person', personPage(person, now, { contact: { email: null, phone: null } })),
  desk(
    'person-why',
    'person',
    personPage(person, now, { errors: [{ name: 'why', text: message('desk.contact.why.error') }] }),
  ),
  desk('children', 'children', { title: message('desk.children.title'), back: null }, '/desk/children'),
  desk(
    'children-case',
    'children',
    { title: message('desk.children.title'), back: `/desk/cases/${id}` },
    '/desk/children',
  ),
  desk(
    'person-too-often',
    'person',
    personPage(person, now, {
      why: 'danger',
      errors: [{ name: '', text: message('desk.contact.tooOften', { wait: durationOf(60) }) }],
    }),
  ),
  suspended('until', {}),
  suspended('banned', {
    bannedAt: now,
    decisions: [
      {
        ...own,
        act: 'ban',
        untilAt: null,
        provisional: true,
        appeal: 'No.',
        appealedAt: at,
        appealable: false,
      },
      { ...own, act: 'remove', untilAt: null, bySignal: true },
    ],
  }),
  suspended('under-age', {
    bannedAt: now,
    underAge: true,
    isMinor: true,
    purgeAt: later(now, days(14)),
    decisions: [{ ...own, act: 'age', untilAt: null }],
  }),
  suspended('leaving', { purgeAt: later(now, days(14)) }),
  suspended('young', { isMinor: true }),
  suspended(
    'errors',
    {},
    {
      errors: [{ name: 'currentPassword', text: message('auth.password.current.wrong') }],
    },
  ),
  appeal('none', [], false),
  appeal('one', [own], true),
  appeal('young', [own], true, {}, true),
  appeal('several', [own, { ...own, id: id.replace(/1$/, '3'), act: 'warn', untilAt: null }], false),
  appeal(
    'answered',
    [
      { ...own, appeal: 'No.', appealedAt: at, answeredAt: at, appealable: false },
      { ...own, act: 'limit', overturnedAt: at, appealable: false },
    ],
    false,
  ),
  appeal('errors', [own], true, {
    values: { decision: id, text: '' },
    errors: [{ name: 'text', text: message('desk.appeal.text.error') }],
  }),
];
