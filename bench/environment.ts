import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { settings } from './settings.ts';

/** The environment of a site as production runs it, with keys of its own and its worker in a process of its own. */
export function productionOn(stores: { databaseUrl: string; redisUrl: string; smtpUrl: string }) {
  return {
    NODE_ENV: 'production',
    PUBLIC_URL: settings.publicUrl,
    DATABASE_URL: stores.databaseUrl,
    REDIS_URL: stores.redisUrl,
    SMTP_URL: stores.smtpUrl,
    SESSION_SECRET: randomBytes(48).toString('base64'),
    OTP_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    MAIL_FROM: 'ChatLink <hello@chatlink.example>',
    OPERATOR_NAME: 'ChatLink Ltd',
    OPERATOR_ADDRESS: '1 Example Street, Exampletown',
    ABUSE_EMAIL: 'abuse@chatlink.example',
    SECURITY_CONTACT: 'security@chatlink.example',
    MEDIA_DIR: join(process.env.BENCH_DIR ?? '', 'media'),
    TRUSTED_PROXY_HOPS: '1',
    WORKER: 'separate',
    // As in the image.
    MALLOC_ARENA_MAX: '2',
  };
}
