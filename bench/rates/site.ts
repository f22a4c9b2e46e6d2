import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openMailServer, type MailServer } from '../../tests/support/mail-server.ts';
import { settings } from '../settings.ts';
import { answering, type Pinned, startPinned } from './pinned.ts';

export interface BenchedSite extends Pinned {
  mail: MailServer;
}

/**
 * The built site as production runs it: one web process on the first core, its worker beside the load on the other, and
 * a mail server that takes its letters.
 */
export const openSite = async (processes = 1): Promise<BenchedSite> => {
  const mail = await openMailServer();
  const env = {
    NODE_ENV: 'production',
    PUBLIC_URL: settings.publicUrl,
    DATABASE_URL: settings.databaseUrl,
    REDIS_URL: settings.redisUrl,
    SESSION_SECRET: randomBytes(48).toString('base64'),
    OTP_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    SMTP_URL: mail.url,
    MAIL_FROM: 'ChatLink <hello@chatlink.example>',
    MEDIA_DIR: join(process.env.BENCH_DIR!, 'media'),
    TRUSTED_PROXY_HOPS: '1',
    WORKER: 'separate',
    WEB_CONCURRENCY: String(processes),
  };
  // Several processes need the whole machine, and share it with the load.
  const core = (n: number) => (processes === 1 ? n : null);
  await startPinned(core(1), ['dist/worker.js'], env);
  const web = await startPinned(core(0), ['dist/main.js'], env);
  await answering(web.port, '/health/ready', new URL(settings.publicUrl).host);
  return { ...web, mail };
};

/** The server that shows what is possible, on the same core; nothing asks both at once. */
export const openLimits = async (): Promise<Pinned> => {
  const limits = await startPinned(0, ['--import', 'tsx', 'bench/rates/limits.ts'], {
    NODE_ENV: 'production',
  });
  await answering(limits.port, '/page/landing', '127.0.0.1');
  return limits;
};
