import { named } from '../../../kernel/message.ts';
import type { Mail } from '../../../platform/messages/delivery.ts';
import type { Views } from '../../../web/views/views.ts';
import type { Catalogues } from '../../../web/words/catalogues.ts';
import type { DueAlert } from './alerts.store.ts';

interface MessagesDeps {
  views: Views;
  catalogues: Catalogues;
  publicUrl: URL;
}

/** `joined`: without a name, which may be gone when the email is read. */
export function createAlertMessages({ views, catalogues, publicUrl }: MessagesDeps) {
  return {
    joined({ email, locale, speaks, learns }: DueAlert): Mail {
      const words = catalogues.wordsIn(locale);
      const url = new URL(`/people?learn=${speaks}`, publicUrl).href;
      const model = {
        site: 'ChatLink',
        speaks: named('language', speaks),
        learns: named('language', learns),
        url,
      };
      const part = (kind: string): string => views.render(`mail/partner-joined.${kind}`, model, words);
      return { to: email, subject: part('subject'), text: part('text'), html: part('html') };
    },
  };
}

export type AlertMessages = ReturnType<typeof createAlertMessages>;
