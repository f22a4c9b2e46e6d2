import { message, type Message, shownMoment, type ShownTime } from '../../../src/kernel/message.ts';
import { form } from './form.ts';
import type { CataloguePage } from './types.ts';

const reasonValues = [
  'dating',
  'insult',
  'money',
  'impersonation',
  'under-13',
  'minor',
  'sexual',
  'violent',
  'self-harm',
  'other',
] as const;

function reasons(chosen: string) {
  return reasonValues.map((value) => ({
    value,
    label: message(`safety.report.reason.${value}`),
    chosen: value === chosen,
  }));
}

const limits = { characters: 500, units: 7500 };
const at = shownMoment(new Date(Date.UTC(2026, 10, 25, 14, 3)));
const [mika, gone] = ['@mika', message('safety.report.formerMember')];

interface Reported {
  who: Message | string;
  isThere: boolean;
  quote: string | null;
  looksAt: Message;
  messages: { who: Message | string; text: string; at: ShownTime }[];
}

const person: Reported = {
  who: mika,
  isThere: true,
  quote: null,
  looksAt: message('safety.report.looksAt.person', { who: mika, last: 20 }),
  messages: [],
};
const rude: Reported = {
  ...person,
  quote: 'Send me a picture.\nNow!',
  looksAt: message('safety.report.looksAt.message', { around: 10 }),
  messages: [
    { who: message('safety.report.you'), text: 'Hi! How was your exam?', at },
    { who: mika, text: 'Send me a picture.\nNow!', at },
    { who: mika, text: `أهلا <b>${'W'.repeat(120)}`, at },
  ],
};
const left: Reported = {
  ...rude,
  who: gone,
  isThere: false,
  quote: null,
  looksAt: message('safety.report.looksAt.conversation', { last: 20 }),
  messages: rude.messages.map((said) => (said.who === mika ? { ...said, who: gone } : said)),
};

interface State {
  reason?: string;
  text?: string;
  block?: string;
  errors?: Record<string, Message>;
}

function report(
  name: string,
  title: Message,
  reported: Reported,
  { reason = '', text = '', block = '', errors = {} }: State = {},
): CataloguePage {
  return {
    name: `report-${name}`,
    view: 'safety/report',
    model: {
      title,
      form: form({ about: 'person:mika', reason, text, block }, errors),
      reasons: reasons(reason),
      limits,
      reported,
    },
    signedIn: true,
    site: { path: '/report' },
  };
}

interface Filed {
  what: Message;
  reason: Message;
  at: ShownTime;
  decidedAt: ShownTime | null;
}

function filed(name: string, list: Filed[], site: CataloguePage['site'] = {}): CataloguePage {
  return {
    name: `reports-${name}`,
    view: 'settings/reports',
    model: { title: message('safety.reports.title'), filed: list },
    signedIn: true,
    site: { path: '/report/sent', ...site },
  };
}

function outside(name: string, values: Record<string, string>, errors: Record<string, Message> = {}) {
  return {
    name: `report-outside-${name}`,
    view: 'safety/report-outside',
    model: {
      title: message('safety.report.outside.title'),
      form: form({ who: '', reason: '', text: '', email: '', ...values }, errors),
      reasons: reasons(values.reason ?? ''),
      limits: { ...limits, who: 200 },
    },
    site: { path: '/safety/report' },
  };
}

const ofMika = message('safety.report.title.person', { who: mika });
const ofMessage = message('safety.report.title.message');
const tooOften = message('safety.report.tooOften', { wait: message('web.duration.minutes', { count: 12 }) });
const open: Filed = {
  what: message('safety.reports.kind.message'),
  reason: message('safety.report.reason.insult'),
  at,
  decidedAt: null,
};

export const reportPages: CataloguePage[] = [
  report('person', ofMika, person),
  report('message', ofMessage, rude),
  report('former-member', message('safety.report.title.conversation'), left),
  report(
    'errors',
    ofMika,
    { ...person, who: `@${'wolfeschlegelsteinhausenberge'}` },
    {
      reason: 'other',
      block: 'on',
      errors: { text: message('safety.report.text.error.other') },
    },
  ),
  report('no-reason', ofMika, person, {
    text: 'He asks again and again.',
    errors: { reason: message('safety.report.reason.error') },
  }),
  report('too-often', ofMessage, rude, {
    reason: 'insult',
    text: 'He asks again and again.',
    errors: { '': tooOften },
  }),
  filed('none', []),
  filed('several', [open, { ...open, what: message('safety.reports.kind.person'), decidedAt: at }], {
    flash: { kind: 'success', text: message('safety.report.thanksOf', { username: 'mika' }) },
  }),
  outside('empty', {}),
  outside(
    'errors',
    { reason: 'under-13', email: 'anna@' },
    {
      who: message('safety.report.outside.who.error'),
      text: message('safety.report.text.error.empty'),
      email: message('safety.report.outside.email.error'),
    },
  ),
  outside('too-often', { who: '@mika', reason: 'minor', text: 'She is ten.' }, { '': tooOften }),
];
