import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../../../kernel/clock.ts';
import { message } from '../../../kernel/message.ts';
import type { Limits } from '../../../platform/limits/limits.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyPost } from '../../../web/request/methods.ts';
import { viewerOf } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { settingsForm } from '../accounts/settings.forms.ts';
import type { Challenges } from '../codes/challenge.service.ts';
import { answerToGuess, type WordBack } from '../codes/code.answers.ts';
import { typedHere } from '../codes/code.page.ts';
import { type CodeFlow, codeRoutes } from '../codes/code.routes.ts';
import { forgetPending } from '../codes/pending.session.ts';
import type { SendLimits } from '../codes/send-limits.ts';
import type { Clients } from '../devices/client.ts';
import { undoHours } from './changes.ts';
import type { ContactService, PendingContact } from './contact.service.ts';

const startsAt = '/settings/contact';
const path = '/settings/contact/code';
const nothing: WordBack = { text: null, correct: false };
const expired: WordBack = { text: message('auth.contact.code.expired'), correct: false };

interface ContactCodeRoutesDeps {
  contacts: ContactService;
  challenges: Challenges;
  sendLimits: SendLimits;
  clients: Clients;
  signedInOnly: RequestHandler[];
  limits: Limits;
  clock: Clock;
}

export function contactCodeRoutes({
  contacts,
  challenges,
  sendLimits,
  clients,
  signedInOnly,
  ...rest
}: ContactCodeRoutesDeps): FormRoutes {
  const form = settingsForm(startsAt, { leadsTo: path });
  const flow: CodeFlow<PendingContact> = {
    path,
    form,
    startsAt,
    challenges,
    guard: signedInOnly,
    pendingOf: (req) => req.session.pendingContact,
    expired,
    begunElsewhereText: message('auth.contact.code.elsewhere'),
    resentText: (reference) => message('auth.code.resend.done', { reference }),
    limitNames: ['sends', 'contact'],
    limitsOf: (challenge) => sendLimits.forTypedContact(challenge),
    forget: (req, pending, word) => forgetPending(req, 'pendingContact', pending, word),
    words: ({ channel, destination }) => ({
      path,
      purpose: 'contact',
      channel,
      ...typedHere(channel, destination),
    }),
    async tryCode(req, _res, pending, typed) {
      const outcome = await contacts.verify(viewerOf(req), pending, typed, clients.infoOf(req));
      if (outcome.ok) {
        await flow.forget(req, pending, nothing);
        const { channel, added } = outcome;
        const what = { channel, how: added ? 'added' : 'changed', hours: undoHours };
        req.session.flash = { kind: 'success', text: message('auth.contact.code.done', what) };
        await saveSession(req);
        return { goOn: startsAt };
      }
      if (outcome.reason === 'done') return { goOn: startsAt };
      if (outcome.reason !== 'taken')
        return { refused: (challenge) => answerToGuess(outcome, challenge, expired) };
      const text = message('auth.contact.code.taken', { channel: outcome.channel });
      return { refused: () => ({ back: { text, correct: false } }) };
    },
  };

  const { routes, forms } = codeRoutes(flow, rest);
  routes.post('/settings/contact/cancel', signedInOnly, async (req: Request, res: Response) => {
    const pending = req.session.pendingContact;
    if (pending) {
      await challenges.end(pending.challengeId);
      await flow.forget(req, pending, nothing);
    }
    res.redirect(303, startsAt);
  });
  routes.all('/settings/contact/cancel', onlyPost(startsAt));
  return { routes, forms: { ...forms, '/settings/contact/cancel': form } };
}
