import { type Request, type Response, Router } from 'express';
import { uuidv7, type Random } from '../../../kernel/ids.ts';
import { callerOf, problemOf, readInput } from '../../../web/act.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import { shownAgainToMembers, type FormRoutes } from '../../../web/forms/form-rules.ts';
import { type FormError, type FormValues, takeFields } from '../../../web/forms/forms.ts';
import { setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import { namesFor } from '../../../web/words/names.ts';
import { settingsForm } from '../../auth/index.ts';
import type { Summaries } from '../../profile/index.ts';
import type { Parted } from '../../safety/index.ts';
import { helloLimits } from '../policy.ts';
import { conversationPage, mayGreet } from './conversation.page.ts';
import type { ConversationActs } from './conversations.acts.ts';
import { sendShape } from './conversations.forms.ts';
import type { Conversation } from './conversations.ts';
import { whyNotSent } from '../messages/refusals.ts';

const path = '/chats/:with';

export interface ConversationRoutesDeps {
  acts: Pick<ConversationActs, 'read' | 'send'>;
  summaries: Summaries;
  parted: Pick<Parted, 'partedPartners'>;
  random: Random;
}

/** A starter that was chosen on the page; what is too long for a hello is none. */
function chosenText({ query }: Request): string {
  return typeof query.text === 'string' && query.text.length <= helloLimits.units ? query.text : '';
}

/** A form that is shown again has no parameters. */
function nameIn(req: Request): string {
  return String(req.params.with ?? decodeURIComponent(req.path.split('/')[2] ?? ''));
}

/** `/chats/:with`: what two people wrote to each other, and the first message of one to the other. */
export function conversationRoutes({ acts, summaries, parted, random }: ConversationRoutesDeps): FormRoutes {
  const router = Router();

  /** Only where the page shows something of them beside their name. */
  const summaryFor = async (req: Request, conversation: Conversation) => {
    const { person, status } = conversation;
    if (!person || !(mayGreet(conversation) || status === 'asking')) return undefined;
    return (await summaries.of(viewerOf(req), [person.username])).get(person.username);
  };

  /** Whether their band changed, of which a partner is told once. */
  const partedFrom = async (req: Request, { person, status }: Conversation) => {
    if (status !== 'accepted') return [];
    const partners = await parted.partedPartners(viewerOf(req));
    return partners.filter(({ username }) => username === person?.username);
  };

  const show = async (req: Request, res: Response, values: FormValues, errors: readonly FormError[] = []) => {
    const place = { with: nameIn(req), before: null, after: null, changedAfter: null };
    const found = await acts.read.run(viewerOf(req), place, callerOf(req));
    if (!found.ok && found.reason === 'signed-out') return res.redirect(303, await signedOut(req));
    if (!found.ok) throw problemOf(acts.read, found);
    const conversation = found.value;
    const [summary, partners] = [await summaryFor(req, conversation), await partedFrom(req, conversation)];
    const [names, clientId] = [namesFor(req), uuidv7(req.arrivedAt, random)];
    return res.render(
      'chat/conversation',
      conversationPage({ conversation, summary, parted: partners, names, clientId, values, errors }),
    );
  };

  router.get(path, signedInByQuery, (req: Request, res: Response) =>
    show(req, res, { text: chosenText(req) }),
  );

  router.post(path, signedInByQuery, async (req: Request, res: Response) => {
    const input = await readInput(acts.send, req);
    if (!input.ok) return show(req, res.status(422), input.values, input.errors);
    const sent = await acts.send.run(viewerOf(req), input.data, callerOf(req));
    if (sent.ok) return res.redirect(303, `/chats/${sent.value.with}`);
    if (sent.reason === 'signed-out') return res.redirect(303, await signedOut(req));
    if (sent.reason === 'nobody') throw problemOf(acts.send, sent);
    if (sent.reason === 'too-often' || sent.reason === 'too-fast') setRetryAfter(res, sent.retryInMs);
    else res.status(acts.send.refusals[sent.reason]!);
    const name = ['contact-detail', 'too-long'].includes(sent.reason) ? 'text' : '';
    return show(req, res, input.values, [{ name, text: whyNotSent(sent) }]);
  });

  router.all(path, onlyMethods('GET', 'POST'));
  const shownAgain = shownAgainToMembers(signedInByQuery, (req, res, why) =>
    show(req, res, takeFields(sendShape, bodyOf(req)), [{ name: '', text: why }]),
  );
  return { routes: router, forms: { [path]: settingsForm('/chats', { shownAgain }) } };
}
