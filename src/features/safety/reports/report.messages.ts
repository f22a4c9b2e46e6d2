import type { Mail } from '../../../platform/messages/delivery.ts';
import { message } from '../../../kernel/message.ts';
import type { Views } from '../../../web/views/views.ts';
import type { Catalogues } from '../../../web/words/catalogues.ts';
import { outside } from './reasons.ts';
import type { Telling } from './told.store.ts';

interface MessagesDeps {
  views: Views;
  catalogues: Catalogues;
  publicUrl: URL;
  /** Whom reports go to until there is a desk, and always those of visitors. */
  abuseEmail: string;
}

const site = 'ChatLink';

export function createReportMessages({ views, catalogues, publicUrl, abuseEmail }: MessagesDeps) {
  const write = (to: string, name: string, model: object, locale: string | null): Mail => {
    const words = catalogues.wordsIn(locale ?? 'en');
    const part = (kind: string): string => views.render(`mail/${name}.${kind}`, { site, ...model }, words);
    return { to, subject: part('subject'), text: part('text'), html: part('html') };
  };
  const reportsUrl = new URL('/report/sent', publicUrl).href;

  return {
    /** Without words of anybody, unless there is no other place where a visitor's words are read. */
    notice: ({ id, kind, reason, involvesMinor, about, text, contactEmail, at }: Telling): Mail =>
      write(
        abuseEmail,
        'report-notice',
        {
          id,
          kind,
          reason: message(`safety.report.reason.${reason}`),
          involvesMinor,
          at: at.getTime(),
          outside: kind === outside ? { about, text, contactEmail } : null,
        },
        null,
      ),

    receipt: (to: string, { at }: Telling, locale: string | null): Mail =>
      write(to, 'report-received', { at: at.getTime(), reportsUrl }, locale),

    decision: (to: string, { at, kind }: Telling, locale: string | null): Mail =>
      write(
        to,
        'report-decided',
        { at: at.getTime(), reportsUrl: kind === outside ? null : reportsUrl },
        locale,
      ),
  };
}

export type ReportMessages = ReturnType<typeof createReportMessages>;
