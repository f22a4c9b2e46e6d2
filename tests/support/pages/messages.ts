import { message } from '../../../src/kernel/message.ts';
import { deviceWords } from '../../../src/web/request/device-name.ts';

const code = { code: '012345', reference: 'KFR', minutes: 10, site: 'ChatLink' };
const exists = { reference: 'KFR', site: 'ChatLink', loginUrl: 'https://chatlink.example/login' };
const link = {
  site: 'ChatLink',
  minutes: 30,
  url: `https://chatlink.example/password/link/${'a'.repeat(32)}`,
};
const news = {
  site: 'ChatLink',
  username: 'lena.m',
  at: Date.UTC(2026, 10, 25, 14, 3),
  device: deviceWords('Firefox on Windows'),
  deviceFirst: deviceWords('Firefox on Windows'),
  forgotUrl: 'https://chatlink.example/password/forgot',
  securityUrl: 'https://chatlink.example/settings/security',
};

const changed = {
  ...news,
  channel: 'email',
  how: 'changed',
  hours: 72,
  undoUrl: `https://chatlink.example/contact/undo/${'a'.repeat(32)}`,
};
const added = { ...changed, channel: 'mobile', how: 'added' };
const removed = { ...changed, how: 'removed' };
const removedForGood = { ...removed, undoUrl: null };
const undone = { ...news, isGone: false, contactUrl: 'https://chatlink.example/settings/contact' };

const deletion = {
  ...news,
  until: Date.UTC(2026, 11, 9, 14, 3),
  loginUrl: 'https://chatlink.example/login',
  isBarred: false,
  barredUntil: null as number | null,
};
const deletionBarred = { ...deletion, isBarred: true };
const deletionSuspended = { ...deletionBarred, barredUntil: Date.UTC(2026, 10, 28, 14, 3) };

const joined = {
  site: 'ChatLink',
  speaks: '1',
  learns: '2',
  url: 'https://chatlink.example/people?learn=es',
};

const told = {
  site: 'ChatLink',
  at: Date.UTC(2026, 10, 25, 14, 3),
  reportsUrl: 'https://chatlink.example/report/sent',
};
const notice = {
  site: 'ChatLink',
  id: '019ab0c1-0000-7000-8000-000000000001',
  kind: 'message',
  reason: message('safety.report.reason.insult'),
  involvesMinor: true,
  at: told.at,
  outside: null,
};
const ofVisitor = {
  ...notice,
  kind: 'outside',
  involvesMinor: false,
  outside: { about: '@mika', text: 'He wrote to my daughter.\nTwice <b>.', contactEmail: 'anna@example.com' },
};

const decided = {
  site: 'ChatLink',
  username: 'lena.m',
  at: told.at,
  what: message('desk.statement.what.suspend'),
  fact: 'You wrote: "Or else."\nTwice <b>.',
  answer: 'It was no joke.',
  stays: true,
  out: null,
  loginUrl: 'https://chatlink.example/login',
};
const takenBack = {
  ...decided,
  stays: false,
  answer: null,
  out: message('desk.suspended.until', { at: { shape: 'moment', at: told.at } }),
};

const factor = { ...news, change: 'setUp', securityUrl: 'https://chatlink.example/settings/security' };
const lost = {
  ...news,
  opensAt: Date.UTC(2026, 10, 28, 14, 3),
  isReminder: 'no',
  stopUrl: `https://chatlink.example/login/second/stop/${'a'.repeat(22)}`,
};

/** Every letter with a model that fits all of its parts. */
export const messages = [
  {
    name: 'mail/sign-up-code',
    parts: ['subject', 'text', 'html'],
    model: { ...code, url: 'https://chatlink.example' },
  },
  { name: 'mail/account-exists', parts: ['subject', 'text', 'html'], model: exists },
  {
    name: 'mail/reset-code',
    parts: ['subject', 'text', 'html'],
    model: { ...code, url: 'https://chatlink.example/password/code' },
  },
  { name: 'mail/reset-link', parts: ['subject', 'text', 'html'], model: link },
  { name: 'mail/new-device', parts: ['subject', 'text', 'html'], model: news },
  { name: 'mail/password-changed', parts: ['subject', 'text', 'html'], model: news },
  {
    name: 'mail/contact-code',
    parts: ['subject', 'text', 'html'],
    model: { ...code, url: 'https://chatlink.example/settings/contact/code' },
  },
  { name: 'mail/contact-taken', parts: ['subject', 'text', 'html'], model: exists },
  { name: 'mail/contact-changed', parts: ['subject', 'text', 'html'], model: changed },
  { name: 'mail/contact-changed', parts: ['subject', 'text', 'html'], model: added },
  { name: 'mail/contact-changed', parts: ['subject', 'text', 'html'], model: removed },
  { name: 'mail/contact-changed', parts: ['subject', 'text', 'html'], model: removedForGood },
  { name: 'mail/contact-undone', parts: ['subject', 'text', 'html'], model: undone },
  { name: 'mail/contact-undone', parts: ['subject', 'text', 'html'], model: { ...undone, isGone: true } },
  { name: 'mail/account-deletion', parts: ['subject', 'text', 'html'], model: deletion },
  { name: 'mail/account-deletion', parts: ['subject', 'text', 'html'], model: deletionBarred },
  { name: 'mail/account-deletion', parts: ['subject', 'text', 'html'], model: deletionSuspended },
  { name: 'mail/second-factor', parts: ['subject', 'text', 'html'], model: factor },
  { name: 'mail/second-factor', parts: ['subject', 'text', 'html'], model: { ...factor, change: 'removed' } },
  {
    name: 'mail/second-factor',
    parts: ['subject', 'text', 'html'],
    model: { ...factor, change: 'codesMade' },
  },
  {
    name: 'mail/second-factor',
    parts: ['subject', 'text', 'html'],
    model: { ...factor, change: 'codeUsed' },
  },
  { name: 'mail/second-factor-lost', parts: ['subject', 'text', 'html'], model: lost },
  {
    name: 'mail/second-factor-lost',
    parts: ['subject', 'text', 'html'],
    model: { ...lost, isReminder: 'yes' },
  },
  { name: 'mail/desk-outcome', parts: ['subject', 'text', 'html'], model: decided },
  { name: 'mail/desk-outcome', parts: ['subject', 'text', 'html'], model: takenBack },
  { name: 'mail/partner-joined', parts: ['subject', 'text', 'html'], model: joined },
  { name: 'mail/report-received', parts: ['subject', 'text', 'html'], model: told },
  { name: 'mail/report-decided', parts: ['subject', 'text', 'html'], model: told },
  { name: 'mail/report-notice', parts: ['subject', 'text', 'html'], model: notice },
  { name: 'mail/report-notice', parts: ['subject', 'text', 'html'], model: ofVisitor },
  { name: 'sms/account-deletion', parts: ['text'], model: deletion },
  { name: 'sms/account-deletion', parts: ['text'], model: deletionBarred },
  { name: 'sms/account-deletion', parts: ['text'], model: deletionSuspended },
  { name: 'sms/contact-code', parts: ['text'], model: { ...code, host: 'chatlink.example' } },
  { name: 'sms/contact-taken', parts: ['text'], model: exists },
  { name: 'sms/contact-changed', parts: ['text'], model: changed },
  { name: 'sms/contact-changed', parts: ['text'], model: { ...added, channel: 'email' } },
  { name: 'sms/contact-changed', parts: ['text'], model: removed },
  { name: 'sms/contact-changed', parts: ['text'], model: removedForGood },
  { name: 'sms/contact-undone', parts: ['text'], model: undone },
  { name: 'sms/contact-undone', parts: ['text'], model: { ...undone, isGone: true } },
  { name: 'sms/reset-code', parts: ['text'], model: { ...code, host: 'chatlink.example' } },
  { name: 'sms/reset-link', parts: ['text'], model: link },
  { name: 'sms/new-device', parts: ['text'], model: news },
  { name: 'sms/password-changed', parts: ['text'], model: news },
  { name: 'sms/second-factor', parts: ['text'], model: factor },
  { name: 'sms/second-factor', parts: ['text'], model: { ...factor, change: 'codesMade' } },
  { name: 'sms/second-factor-lost', parts: ['text'], model: lost },
  { name: 'sms/sign-up-code', parts: ['text'], model: { ...code, host: 'chatlink.example' } },
  { name: 'sms/account-exists', parts: ['text'], model: exists },
] as const;
