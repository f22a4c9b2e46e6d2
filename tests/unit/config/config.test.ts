import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../../src/config/config.ts';
import { environmentSchema } from '../../../src/config/environment.ts';

const stores = { DATABASE_URL: 'postgresql://localhost/chatlink', REDIS_URL: 'redis://localhost:6379' };
const production = {
  ...stores,
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://chatlink.example',
  SESSION_SECRET: randomBytes(36).toString('base64'),
  OTP_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  SMTP_URL: 'smtps://mail.example',
  MAIL_FROM: 'ChatLink <hello@chatlink.example>',
  OPERATOR_NAME: 'ChatLink Ltd',
  OPERATOR_ADDRESS: '1 Example Street, Exampletown',
  ABUSE_EMAIL: 'abuse@chatlink.example',
  SECURITY_CONTACT: 'security@chatlink.example',
  MEDIA_DIR: '/srv/media',
};
const s3 = {
  S3_ENDPOINT: 'https://s3.example',
  S3_BUCKET: 'pictures',
  S3_REGION: 'eu-central-1',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'secret',
};
const twilio = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_FROM: '+15005550006',
};

function faultsOf(env: Record<string, string | undefined>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (err) {
    if (err instanceof ConfigError) return err.faults;
    throw err;
  }
}

test('a laptop needs nothing but its stores', () => {
  const config = readConfig(stores);
  expect(config).toMatchObject({
    production: false,
    port: 3000,
    outbox: true,
    worker: 'inline',
    twilio: null,
  });
  expect(config.publicUrl.href).toBe('http://localhost:3000/');
});

test('an empty value counts as not set', () => {
  expect(readConfig({ ...stores, PORT: '', SMTP_URL: ' ' })).toMatchObject({ port: 3000, smtpUrl: null });
});

test('a full production configuration passes', () => {
  expect(faultsOf(production)).toEqual([]);
  expect(readConfig(production).outbox).toBe(false);
});

test('production takes what is random, however it is written', () => {
  for (let n = 0; n < 200; n++) {
    // The same ones each time: one in some ten thousand looks like a pattern by chance, and is refused rightly.
    const random = createHash('sha256').update(`secret ${n}`).digest();
    const secrets = [random.subarray(0, 16).toString('hex'), random.subarray(0, 24).toString('base64url')];
    for (const SESSION_SECRET of secrets)
      expect(
        faultsOf({ ...production, SESSION_SECRET, OTP_KEYS: `k:${randomBytes(32).toString('base64')}` }),
      ).toEqual([]);
  }
});

test('production names everything that is missing at once', () => {
  const faults = faultsOf({ NODE_ENV: 'production' });
  for (const key of [
    'DATABASE_URL',
    'REDIS_URL',
    'PUBLIC_URL',
    'SESSION_SECRET',
    'OTP_KEYS',
    'SMTP_URL',
    'MAIL_FROM',
    'MEDIA_DIR',
    'OPERATOR_NAME',
    'OPERATOR_ADDRESS',
    'ABUSE_EMAIL',
    'SECURITY_CONTACT',
  ])
    expect(faults.some((fault) => fault.startsWith(`${key}:`))).toBe(true);
});

test.each([
  ['SESSION_SECRET', 'short'],
  ['SESSION_SECRET', 'a'.repeat(64)],
  ['SESSION_SECRET', 'development-only-secret-of-chatlink'],
  ['SESSION_SECRET', 'please-change-me-please-change-me-1234'],
  ['SESSION_SECRET', 'abcdefghijklmnopqrstuvwxyz123456'],
  ['SESSION_SECRET', 'zyxwvutsrqponmlkjihgfedcba987654321'],
  ['SESSION_SECRET', '0123456789abcdef0123456789abcdef'],
  ['SESSION_SECRET', 'acegikmoqsuwybdfhjlnprtvxz135792468'],
  ['SESSION_SECRET', 'k7Qz!pW2k7Qz!pW2k7Qz!pW2k7Qz!pW2k7Qz!pW2'],
  ['SESSION_SECRET', 'aaaabbbbccccddddeeeeffffgggghhhh'],
  ['OTP_KEYS', `k1:${Buffer.from(Array.from({ length: 32 }, (_, n) => n + 1)).toString('base64')}`],
  ['OTP_KEYS', `k1:${Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64')}`],
  ['OTP_KEYS', `k1:${Buffer.alloc(32).toString('base64')}`],
  ['OTP_KEYS', `k1:${Buffer.from('development-only-secret-of-chatl').toString('base64')}`],
  ['OTP_KEYS', `k1:${randomBytes(16).toString('base64')}`],
  ['PUBLIC_URL', 'http://chatlink.example'],
])('production refuses a careless %s, without repeating it', (key, value) => {
  const faults = faultsOf({ ...production, [key]: value });
  expect(faults.join()).toContain(`${key}:`);
  expect(faults.join()).not.toContain(value);
});

test('production refuses to hold the address by which tables are changed', () => {
  const MIGRATE_DATABASE_URL = 'postgresql://owner:word@localhost/chatlink';
  expect(faultsOf({ ...production, MIGRATE_DATABASE_URL })).toEqual([
    expect.stringMatching(/^MIGRATE_DATABASE_URL: is for migrations alone/),
  ]);
  expect(faultsOf({ ...stores, MIGRATE_DATABASE_URL })).toEqual([]);
});

test('production texts only countries that are named', () => {
  expect(faultsOf({ ...production, ...twilio })).toEqual([
    expect.stringMatching(/^SMS_COUNTRIES: must be set/),
  ]);
  expect(faultsOf({ ...production, ...twilio, SMS_COUNTRIES: 'DE,FR' })).toEqual([]);
  // Without Twilio nobody is texted, and on a laptop it is one's own number.
  expect(faultsOf(production)).toEqual([]);
  expect(faultsOf({ ...stores, ...twilio })).toEqual([]);
});

test.each([
  ['PORT', 'eighty'],
  ['PORT', '65536'],
  ['TRUSTED_PROXY_HOPS', '-1'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['OTP_KEYS', 'nothing'],
  ['OTP_KEYS', `k1:${randomBytes(32).toString('base64')},k1:${randomBytes(32).toString('base64')}`],
  ['PUBLIC_URL', 'chatlink.example'],
  ['PUBLIC_URL', 'https://chatlink.example/app'],
  ['PUBLIC_URL', 'https://chatlink.example/?from=mail'],
  ['PUBLIC_URL', 'https://chatlink.example/#top'],
  ['PUBLIC_URL', 'https://ann@chatlink.example'],
  ['MAIL_FROM', 'a'],
  ['MAIL_FROM', 'ChatLink'],
  ['MAIL_FROM', 'ChatLink <hello>'],
  ['MAIL_FROM', 'ChatLink <>'],
  ['ABUSE_EMAIL', 'abuse'],
  ['ABUSE_EMAIL', 'Abuse <abuse@chatlink.example>'],
  ['SECURITY_CONTACT', 'http://chatlink.example/security'],
  ['SECURITY_CONTACT', 'somebody'],
  ['METRICS_PORT', '3000'],
  ['DRAIN_DELAY', '6'],
  ['SMS_COUNTRIES', 'Germany'],
  ['SMS_COUNTRIES', 'DE,ZZ'],
  ['SMS_COUNTRIES', 'DE,'],
  ['WORKER', 'sometimes'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is a fault that names its key', (key, value) => {
  expect(faultsOf({ ...stores, [key]: value })[0]).toMatch(new RegExp(`^${key}:`));
});

test.each([
  ['PUBLIC_URL', 'https://chatlink.example:8443'],
  ['PUBLIC_URL', 'https://chatlink.example/'],
  ['MAIL_FROM', 'hello@chatlink.example'],
  ['MAIL_FROM', '"ChatLink, the site" <hello@chatlink.example>'],
  ['SECURITY_CONTACT', 'mailto:security@chatlink.example'],
  ['SECURITY_CONTACT', 'https://chatlink.example/security'],
  ['METRICS_PORT', '9464'],
  ['SMS_COUNTRIES', 'de, FR'],
])('%s=%s is fine', (key, value) => {
  expect(faultsOf({ ...stores, [key]: value })).toEqual([]);
});

test.each(['OPERATOR_NAME', 'OPERATOR_ADDRESS', 'ABUSE_EMAIL', 'SECURITY_CONTACT'])(
  'production does not start without %s, and says why in a sentence',
  (key) => {
    const why = [expect.stringMatching(new RegExp(`^${key}: must be set in production, \\S`))];
    expect(faultsOf({ ...production, [key]: undefined })).toEqual(why);
    expect(faultsOf({ ...production, [key]: ' ' })).toEqual(why);
  },
);

test('a contact for security is kept as the URI that security.txt wants', () => {
  const contact = (SECURITY_CONTACT: string) => readConfig({ ...stores, SECURITY_CONTACT }).operator;
  expect(contact('security@chatlink.example').securityContact).toBe('mailto:security@chatlink.example');
  expect(contact('https://chatlink.example/bugs').securityContact).toBe('https://chatlink.example/bugs');
});

test('a store that is not set is asked for in a sentence', () => {
  expect(faultsOf({})).toEqual([
    'DATABASE_URL: must be set: a URL beginning with postgres:// or postgresql://',
    'REDIS_URL: must be set: a URL beginning with redis:// or rediss://',
  ]);
});

test('the delay of a drain is set in seconds and kept in milliseconds', () => {
  expect(readConfig(stores).drainDelay).toBe(0);
  expect(readConfig({ ...stores, DRAIN_DELAY: '5' }).drainDelay).toBe(5_000);
});

test('pages and metrics may both take a free port, and not the same one', () => {
  expect(faultsOf({ ...stores, PORT: '0', METRICS_PORT: '0' })).toEqual([]);
  expect(faultsOf({ ...stores, PORT: '9464', METRICS_PORT: '9464' })[0]).toMatch(/^METRICS_PORT:/);
});

test.each(['12', '+0123456789', 'ChatLink-news', 'Twelve chars', '015005550006', '1234 567'])(
  'no text comes from %s',
  (from) => expect(faultsOf({ ...stores, ...twilio, TWILIO_FROM: from })[0]).toMatch(/^TWILIO_FROM:/),
);

test.each(['+4915112345678', '12345', 'ChatLink', 'Chat Link 2'])('texts may come from %s', (from) =>
  expect(faultsOf({ ...stores, ...twilio, TWILIO_FROM: from })).toEqual([]),
);

test.each(Object.keys(twilio))('Twilio without %s, or with nothing else, is one fault', (key) => {
  const without = faultsOf({ ...stores, ...twilio, [key]: undefined });
  expect(without).toEqual([expect.stringMatching(new RegExp(`^TWILIO_\\w+: needs ${key}\\b`))]);
  const alone = faultsOf({ ...stores, [key]: twilio[key as keyof typeof twilio] });
  expect(alone).toEqual([expect.stringMatching(new RegExp(`^${key}: needs TWILIO_.* and TWILIO_`))]);
});

test('faults of every kind are listed at once', () => {
  const faults = faultsOf({ PORT: '80', METRICS_PORT: '80', MAIL_FROM: 'me', TWILIO_AUTH_TOKEN: 'token' });
  expect(new Set(faults.map((fault) => fault.split(':')[0]))).toEqual(
    new Set(['DATABASE_URL', 'REDIS_URL', 'METRICS_PORT', 'MAIL_FROM', 'TWILIO_AUTH_TOKEN']),
  );
});

test('half of Twilio is a fault; all of it, or a service instead of a number, is not', () => {
  const { TWILIO_FROM: _, ...half } = twilio;
  expect(faultsOf({ ...stores, ...half })[0]).toMatch(/^TWILIO_ACCOUNT_SID:/);
  expect(readConfig({ ...stores, ...twilio }).twilio?.sender).toEqual({ from: twilio.TWILIO_FROM });
  const service = readConfig({ ...stores, ...half, TWILIO_MESSAGING_SERVICE_SID: 'MG1' });
  expect(service.twilio?.sender).toEqual({ messagingServiceSid: 'MG1' });
});

test('pictures are kept in a folder, or in a bucket that is named whole', () => {
  expect(readConfig(stores).media).toEqual({ kind: 'folder', dir: '.data/media' });
  expect(readConfig(production).media).toEqual({ kind: 'folder', dir: '/srv/media' });
  const { MEDIA_DIR: _, ...bare } = production;
  expect(readConfig({ ...bare, ...s3 }).media).toEqual({
    kind: 's3',
    endpoint: 'https://s3.example',
    bucket: 'pictures',
    region: 'eu-central-1',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
  });
});

test.each(Object.keys(s3))('a bucket without %s is a fault that names it, and nothing else', (key) => {
  const faults = faultsOf({ ...stores, ...s3, [key]: undefined });
  expect(faults).toEqual([expect.stringMatching(new RegExp(`^S3_\\w+: needs ${key} beside it$`))]);
});

test('a folder beside a bucket is a fault', () => {
  expect(faultsOf({ ...stores, ...s3, MEDIA_DIR: '/srv/media' })[0]).toMatch(/^MEDIA_DIR:/);
  expect(faultsOf({ ...stores, ...s3, S3_ENDPOINT: 's3.example' })[0]).toMatch(/^S3_ENDPOINT:/);
});

test('the outbox is there exactly when nothing can really leave, and never in production', () => {
  expect(readConfig({ ...stores, SMTP_URL: 'smtp://localhost' }).outbox).toBe(false);
  expect(readConfig({ ...stores, ...twilio }).outbox).toBe(false);
  expect(readConfig({ ...stores, NODE_ENV: 'test' }).outbox).toBe(true);
});

test('.env.example explains exactly the keys that exist', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../.env.example'), 'utf8');
  const keys = [...text.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map((m) => m[1]);
  // What the site must not have, it does not read.
  expect(new Set(keys)).toEqual(new Set([...Object.keys(environmentSchema.shape), 'MIGRATE_DATABASE_URL']));
});
