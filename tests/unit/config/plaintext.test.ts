import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../../src/config/config.ts';

const development = { DATABASE_URL: 'postgresql://localhost/chatlink', REDIS_URL: 'redis://localhost' };
const production = {
  ...development,
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://chatlink.example',
  SESSION_SECRET: randomBytes(36).toString('base64'),
  OTP_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  SMTP_URL: 'smtp://mail.example',
  MAIL_FROM: 'hello@chatlink.example',
  OPERATOR_NAME: 'ChatLink Ltd',
  OPERATOR_ADDRESS: '1 Example Street, Exampletown',
  ABUSE_EMAIL: 'abuse@chatlink.example',
  SECURITY_CONTACT: 'security@chatlink.example',
  MEDIA_DIR: '/srv/media',
};
function faultsOf(changes: Record<string, string>, base: Record<string, string> = production): string[] {
  try {
    readConfig({ ...base, ...changes });
    return [];
  } catch (err) {
    return (err as ConfigError).faults;
  }
}

describe('mail', () => {
  test.each([
    ['smtp://mail.example:587', true],
    ['smtps://mail.example', true],
    ['smtp://10.1.2.3:25', true],
    ['smtp://mailpit:1025', true],
    ['smtp://localhost.example', true],
    ['smtp://127.0.0.1:1025', false],
    ['smtp://127.9.9.9', false],
    ['smtp://localhost:1025', false],
    ['smtp://user:word@LOCALHOST.:25', false],
    ['smtp://[::1]:1025', false],
    ['smtp://[::ffff:127.0.0.1]:1025', false],
  ])('to %s goes over TLS or not at all: %s', (SMTP_URL, needed) => {
    expect(readConfig({ ...development, SMTP_URL }).smtpNeedsTls).toBe(needed);
    expect(readConfig({ ...production, SMTP_URL }).smtpNeedsTls).toBe(needed);
    expect(readConfig({ ...production, SMTP_URL, ALLOW_PLAINTEXT: 'redis, smtp' }).smtpNeedsTls).toBe(false);
  });
});

const servicesOf: Record<string, string> = {
  DATABASE_URL: 'postgres',
  REDIS_URL: 'redis',
  S3_ENDPOINT: 's3',
  TWILIO_API_URL: 'twilio',
};

/** What else a service needs beside its address is not asked here. */
function spokenInClear(...given: Parameters<typeof faultsOf>): string[] {
  return faultsOf(...given).filter((fault) => fault.includes('in clear'));
}

describe('in production', () => {
  test.each([
    ['DATABASE_URL', 'postgresql://u:p@db.example.com/chatlink'],
    ['DATABASE_URL', 'postgresql://u:p@203.0.113.9/chatlink?sslmode=disable'],
    ['DATABASE_URL', 'postgresql://u:p@db.example.com/chatlink?sslmode=prefer'],
    ['DATABASE_URL', 'postgresql://u:p@[2001:db8::1]/chatlink'],
    ['DATABASE_URL', 'postgresql://u:p@localhost/chatlink?host=db.example.com'],
    ['REDIS_URL', 'redis://:p@cache.example.com:6379'],
    ['REDIS_URL', 'redis://172.32.0.1'],
    ['S3_ENDPOINT', 'http://s3.example.com'],
    ['TWILIO_API_URL', 'http://api.example.com'],
  ])('%s is not asked in clear over networks of others: %s', (name, address) => {
    const [fault, ...others] = spokenInClear({ [name]: address });
    expect(fault).toContain(`${name}: would be asked in clear`);
    expect(others).toEqual([]);
    expect(fault).not.toContain(new URL(address).hostname);
    const service = servicesOf[name]!;
    expect(spokenInClear({ [name]: address, ALLOW_PLAINTEXT: service })).toEqual([]);
    expect(spokenInClear({ [name]: address, ALLOW_PLAINTEXT: 'smtp' })).toHaveLength(1);
    expect(spokenInClear({ [name]: address }, development)).toEqual([]);
  });

  test.each([
    ['DATABASE_URL', 'postgresql://u:p@db.example.com/chatlink?sslmode=verify-full'],
    ['DATABASE_URL', 'postgresql://u:p@db.example.com/chatlink?sslmode=require'],
    ['DATABASE_URL', 'postgresql://u:p@db.example.com/chatlink?ssl=true'],
    ['DATABASE_URL', 'postgresql://u:p@pgbouncer:6432/chatlink'],
    ['DATABASE_URL', 'postgresql://u:p@postgres.stores.svc.cluster.local/chatlink'],
    ['DATABASE_URL', 'postgresql://u:p@10.0.0.7/chatlink'],
    ['DATABASE_URL', 'postgresql:///chatlink?host=/var/run/postgresql'],
    ['DATABASE_URL', 'postgresql://u:p@[fd00::7]/chatlink'],
    ['REDIS_URL', 'rediss://cache.example.com'],
    ['REDIS_URL', 'redis://redis.internal:6379/2'],
    ['REDIS_URL', 'redis://[::ffff:192.168.1.2]:6379'],
    ['S3_ENDPOINT', 'https://s3.example.com'],
    ['S3_ENDPOINT', 'http://seaweedfs:8333'],
    ['TWILIO_API_URL', 'https://api.example.com'],
  ])('%s may be %s', (name, address) => {
    expect(spokenInClear({ [name]: address })).toEqual([]);
  });
});

test.each(['mail', 'redis;smtp', 'all'])('ALLOW_PLAINTEXT names services, and %s is none', (value) => {
  expect(faultsOf({ ALLOW_PLAINTEXT: value }).join()).toContain(
    'ALLOW_PLAINTEXT: must be of smtp, redis, postgres, s3, twilio',
  );
});
