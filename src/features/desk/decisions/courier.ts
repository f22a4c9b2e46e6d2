import { later } from '../../../kernel/clock.ts';
import { message } from '../../../kernel/message.ts';
import { DeliveryRefused, type Mail, type Mailer } from '../../../platform/messages/delivery.ts';
import type { Views } from '../../../web/views/views.ts';
import type { Catalogues } from '../../../web/words/catalogues.ts';
import { deskPolicy } from '../policy.ts';
import { whatOf, whyOut } from '../cases/case-words.ts';
import type { Following, YoungPartner } from './following.store.ts';

interface CourierDeps {
  views: Views;
  catalogues: Catalogues;
  publicUrl: URL;
  mailer: Mailer;
  /** Texts go within the budget of their number; nothing where texts are not offered. */
  textNews: (to: string, text: string) => Promise<void>;
}

const site = 'ChatLink';
type Receiver = Pick<YoungPartner, 'email' | 'phone' | 'locale'>;

/** Emails about decisions; a text where there is no address says only that there is one to read. */
export function createCourier({ views, catalogues, publicUrl, mailer, textNews }: CourierDeps) {
  const link = (path: string): string => new URL(path, publicUrl).href;

  const send = async (to: Receiver, name: string, model: object): Promise<void> => {
    const words = catalogues.wordsIn(to.locale);
    const its = { site, ...model };
    const part = (kind: string): string => views.render(`mail/${name}.${kind}`, its, words);
    if (!to.email) {
      if (to.phone) await textNews(to.phone, views.render(`sms/${name}.text`, its, words));
      return;
    }
    const mail: Mail = { to: to.email, subject: part('subject'), text: part('text'), html: part('html') };
    // A mailbox that takes nothing is told no better by another try; the page says the same.
    await mailer.send(mail).catch((err: unknown) => {
      if (!(err instanceof DeliveryRefused) || err.because === 'sender') throw err;
    });
  };

  const modelOf = ({
    person,
    act,
    reason,
    fact,
    untilAt,
    dateOfBirth,
    answer,
    at,
    kind,
    needsSecond,
    isConfirmed,
    appealed,
    answered,
  }: Following) => ({
    username: person!.username,
    act,
    what: whatOf(act, kind, dateOfBirth),
    /** Of whoever is under 13. */
    isLocked: act === 'age' && dateOfBirth === null,
    endsAt: act === 'age' && isConfirmed ? (person!.purgeAt?.getTime() ?? null) : null,
    rule: message(`desk.rule.${reason}`),
    fact,
    untilAt: untilAt?.getTime() ?? null,
    answer,
    at: at.getTime(),
    found: message(kind === 'signal' ? 'desk.statement.found.signal' : 'desk.statement.found.report'),
    provisional: needsSecond && !isConfirmed,
    /** There is one a decision. Once it is answered, the letter about that says more. */
    appeal: !appealed ? 'open' : answered ? 'answered' : 'waits',
    appealUntil: Math.min(
      later(at, deskPolicy.appealWithin).getTime(),
      person!.purgeAt?.getTime() ?? Number.POSITIVE_INFINITY,
    ),
    appealUrl: link('/appeal'),
    loginUrl: link('/login'),
  });

  return {
    /** Fact, rule, how it was found, that people decided it, and how to appeal (Regulation (EU) 2022/2065, article 17). */
    async statement(d: Following): Promise<void> {
      if (d.person) await send(d.person, 'desk-statement', modelOf(d));
    },

    async outcome(d: Following): Promise<void> {
      if (!d.person) return;
      const out = d.keptOutBy ? whyOut(d.keptOutBy) : null;
      await send(d.person, 'desk-outcome', {
        ...modelOf(d),
        stays: !d.isOverturned,
        appealed: d.appealed,
        out,
      });
    },

    /** Without the name of whom it is about, and without a word that blames. */
    help: (partner: YoungPartner): Promise<void> =>
      send(partner, 'desk-help', { safetyUrl: link('/safety') }),

    /** To an address that is theirs by their word alone: nothing of what was reported, or of anybody. */
    visitorHelp: (email: string): Promise<void> =>
      send({ email, phone: null, locale: 'en' }, 'desk-visitor-help', { safetyUrl: link('/safety') }),
  };
}

export type Courier = ReturnType<typeof createCourier>;
