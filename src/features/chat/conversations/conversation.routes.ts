import { type Request, type Response, Router } from 'express';
import { uuidv7, type Random } from '../../../kernel/ids.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { callerOf, problemOf, readInput } from '../../../web/act.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import { shownAgainToMembers, type FormRoutes } from '../../../web/forms/form-rules.ts';
import { type FormError, type FormValues, takeFields } from '../../../web/forms/forms.ts';
import { setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import { namesFor } from '../../../web/words/names.ts';
import type { ProfileSummary, Summaries } from '../../profile/index.ts';
import type { Parted } from '../../safety/index.ts';
import { helloLimits, messageFormBounds } from '../policy.ts';
import type { CountedHellos } from '../hellos/counted-hellos.ts';
import type { ParticipationActs } from '../messages/participation.acts.ts';
import { conversationPage, isCounted } from './conversation.page.ts';
import type { ConversationActs } from './conversations.acts.ts';
import { composerShape } from './conversations.forms.ts';
import type { Conversation } from './conversations.ts';
import { whyNotSent } from '../messages/refusals.ts';

const path = '/chats/:with';

export interface ConversationRoutesDeps {
  acts: Pick<ConversationActs, 'read' | 'send'>;
  markRead: ParticipationActs['read'];
  summaries: Summaries;
  countedHellos: (viewer: Viewer) => Promise<CountedHellos | null>;
  parted: Pick<Parted, 'partedPartners'>;
  random: Random;
}

type Part = { before: number | null; after: number | null };
const wholePage: Part = { before: null, after: null };

interface Given {
  values: FormValues;
  errors?: readonly FormError[];
  part?: Part;
  fresh?: boolean; // the page was asked for, and nothing typed
}

function partOf({ query }: Request): Part {
  const numberOf = (given: unknown): number | null =>
    typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : null;
  const part = { before: numberOf(query.before), after: numberOf(query.after) };
  return part.before === null && part.after === null ? wholePage : part;
}

/** A starter that was chosen on the page; what is too long for a hello is none. */
function chosenText({ query }: Request): string {
  return typeof query.text === 'string' && query.text.length <= helloLimits.units ? query.text : '';
}

/** A form that is shown again has no parameters. */
function nameIn(req: Request): string {
  return String(req.params.with ?? decodeURIComponent(req.path.split('/')[2] ?? ''));
}

/** What the next message answers: chosen by a link, or sent with the form. */
function answerIn({ query }: Request, values: FormValues): number {
  const seq = values.answers || query.answer;
  return typeof seq === 'string' && /^\d{1,9}$/.test(seq) ? Number(seq) : 0;
}

/** A browser that fetches pages before anybody asks for them has read none. */
function isAhead(req: Request): boolean {
  return /prefetch|prerender/.test(req.get('sec-purpose') ?? '');
}

/** `/chats/:with`: what two people wrote to each other, and what one writes next to the other. */
export function conversationRoutes(deps: ConversationRoutesDeps): FormRoutes {
  const { acts, markRead, summaries, countedHellos, parted, random } = deps;
  const router = Router();

  const read = (req: Request, part: Part) =>
    acts.read.run(viewerOf(req), { with: nameIn(req), changedAfter: null, ...part }, callerOf(req));

  /** What the page shows of the two beside their words. */
  const peopleFor = async (req: Request, { person, status }: Conversation) => {
    if (!person || status === 'asked') return new Map<string, ProfileSummary>();
    const { username = '' } = req.session;
    return summaries.of(viewerOf(req), [username, person.username]);
  };

  /** Whether their band changed, of which a partner is told once. */
  const partedFrom = async (req: Request, { person, status }: Conversation) => {
    if (status !== 'accepted') return [];
    const partners = await parted.partedPartners(viewerOf(req));
    return partners.filter(({ username }) => username === person?.username);
  };

  /** Of this page, or of an earlier one. */
  const answeredBy = async (req: Request, { messages, status }: Conversation, seq: number) => {
    if (seq === 0 || status !== 'accepted') return null;
    const here = messages.find((said) => said.seq === seq);
    if (here) return here;
    const found = await read(req, { before: seq + 1, after: seq - 1 });
    return found.ok ? (found.value.messages[0] ?? null) : null;
  };

  const markAsRead = async (req: Request, { with: name, messages, readSeq }: Conversation) => {
    const seq = messages.at(-1)?.seq ?? 0;
    if (seq > readSeq && !isAhead(req)) await markRead.run(viewerOf(req), { with: name, seq }, callerOf(req));
  };

  const show = async (req: Request, res: Response, given: Given) => {
    const { values, errors = [], part = wholePage, fresh = false } = given;
    const found = await read(req, part);
    if (!found.ok && found.reason === 'signed-out') return res.redirect(303, await signedOut(req));
    if (!found.ok) throw problemOf(acts.read, found);
    const conversation = found.value;
    const page = {
      conversation,
      people: await peopleFor(req, conversation),
      parted: await partedFrom(req, conversation),
      counted: isCounted(conversation) ? await countedHellos(viewerOf(req)) : null,
      answered: await answeredBy(req, conversation, answerIn(req, values)),
      names: namesFor(req),
      clientId: uuidv7(req.arrivedAt, random),
      now: viewerOf(req).now,
    };
    if (part === wholePage) await markAsRead(req, conversation);
    return res.render('chat/conversation', conversationPage({ ...page, values, errors, part, fresh }));
  };

  router.get(path, signedInByQuery, (req: Request, res: Response) =>
    show(req, res, { values: { text: chosenText(req) }, part: partOf(req), fresh: true }),
  );

  router.post(path, signedInByQuery, async (req: Request, res: Response) => {
    // Beside "Send", for whoever has no script: what is typed stays.
    if (bodyOf(req).get('do')?.[0] === 'look')
      return show(req, res, { values: takeFields(composerShape, bodyOf(req)) });
    const input = await readInput(acts.send, req);
    if (!input.ok) return show(req, res.status(422), { values: input.values, errors: input.errors });
    const sent = await acts.send.run(viewerOf(req), input.data, callerOf(req));
    if (sent.ok) return res.redirect(303, `/chats/${sent.value.with}#latest`);
    if (sent.reason === 'signed-out') return res.redirect(303, await signedOut(req));
    if (sent.reason === 'nobody') throw problemOf(acts.send, sent);
    if (sent.reason === 'too-often' || sent.reason === 'too-fast') setRetryAfter(res, sent.retryInMs);
    else res.status(acts.send.refusals[sent.reason]!);
    const name = ['contact-detail', 'too-long'].includes(sent.reason) ? 'text' : '';
    return show(req, res, { values: input.values, errors: [{ name, text: whyNotSent(sent) }] });
  });

  router.all(path, onlyMethods('GET', 'POST'));
  const shownAgain = shownAgainToMembers(signedInByQuery, (req, res, why) =>
    show(req, res, { values: takeFields(composerShape, bodyOf(req)), errors: [{ name: '', text: why }] }),
  );
  const page = (sentTo: string): string => sentTo;
  return { routes: router, forms: { [path]: { page, bounds: messageFormBounds, shownAgain } } };
}
