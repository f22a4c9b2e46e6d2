import { openMailServer, type MailServer } from '../../tests/support/mail-server.ts';
import { productionOn } from '../environment.ts';
import { settings } from '../settings.ts';
import { answering, type Pinned, startPinned } from './pinned.ts';

export interface BenchedSite extends Pinned {
  mail: MailServer;
}

/**
 * The built site as production runs it: one web process on the first core, its worker beside the load on the other, and
 * a mail server that takes its letters.
 */
export async function openSite(processes = 1): Promise<BenchedSite> {
  const mail = await openMailServer();
  const { databaseUrl, redisUrl } = settings;
  const env = {
    ...productionOn({ databaseUrl, redisUrl, smtpUrl: mail.url }),
    WEB_CONCURRENCY: String(processes),
  };
  // Several processes need the whole machine, and share it with the load.
  const core = (n: number) => (processes === 1 ? n : null);
  await startPinned(core(1), ['dist/worker.js'], env);
  const web = await startPinned(core(0), ['dist/main.js'], env);
  await answering(web.port, '/health/ready', new URL(settings.publicUrl).host);
  return { ...web, mail };
}

/** The server that shows what is possible, on the same core; nothing asks both at once. */
export async function openLimits(): Promise<Pinned> {
  const limits = await startPinned(0, ['--import', 'tsx', 'bench/rates/limits.ts'], {
    NODE_ENV: 'production',
  });
  await answering(limits.port, '/page/landing', '127.0.0.1');
  return limits;
}
