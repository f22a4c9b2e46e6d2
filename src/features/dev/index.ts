import { Router } from 'express';
import { AppError } from '../../kernel/errors.ts';
import { message } from '../../kernel/message.ts';
import type { Outbox } from '../../platform/messages/outbox.ts';
import type { Feature } from '../../web/feature.ts';
import { onlyMethods } from '../../web/request/methods.ts';
import type { AuthFeature } from '../auth/index.ts';
import { neverCompressed } from '../../web/send-text.ts';

const REFRESH = 5; // seconds

/** No pages without an outbox, as in production. */
export function devFeature({ outbox, auth }: DevDeps): Feature {
  return outbox
    ? { name: 'dev', pages: outboxRoutes(outbox, auth), paths: { outbox: '/dev/outbox' } }
    : { name: 'dev' };
}

interface DevDeps {
  outbox: Outbox | null;
  auth: Pick<AuthFeature, 'demoStaff'>;
}

function outboxRoutes(outbox: Outbox, { demoStaff }: DevDeps['auth']): Router {
  const router = Router();

  router.get('/dev/outbox.json', async (_req, res) => neverCompressed(res).json(await outbox.list()));

  router.get('/dev/outbox', async (_req, res) => {
    const messages = (await outbox.list()).map(({ id, channel, to, subject, text, html, sentAt }) => ({
      id,
      channelLabel: message(`dev.outbox.channel.${channel}`),
      to,
      subject: subject ?? null,
      text,
      hasHtml: html !== undefined,
      sentAt: `${sentAt.slice(0, 19).replace('T', ' ')} UTC`,
    }));
    neverCompressed(res).render('dev/outbox', {
      title: message('dev.outbox.title'),
      messages,
      staff: await demoStaff(),
      refreshSeconds: REFRESH,
    });
  });

  router.get('/dev/outbox/:file', async (req, res) => {
    const sent = (await outbox.list()).find(({ id }) => `${id}.html` === req.params.file);
    if (!sent?.html) throw new AppError(404, message('dev.outbox.missing'));
    // Emails bring inline styles; nothing else may run or load.
    res.set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
    );
    res.type('html').send(sent.html);
  });

  router.all(['/dev/outbox', '/dev/outbox.json', '/dev/outbox/:file'], onlyMethods('GET'));
  return router;
}
