import { Router } from 'express';
import type { Wake } from '../../events/wake.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { Live } from '../../live/live.ts';
import type { Bucket, BucketRule } from '../../platform/limits/bucket.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { Heartbeats } from '../../platform/stores/heartbeats.ts';
import type { Log } from '../../platform/watching/log.ts';
import type { AuthFeature } from '../auth/index.ts';
import type { SafetyFeature } from '../safety/index.ts';
import { subscription } from '../../events/event-type.ts';
import { message } from '../../kernel/message.ts';
import { deriveHmac } from '../../platform/keys.ts';
import { cleanup } from '../../platform/queue/jobs.ts';
import { createCursors } from '../../web/cursors.ts';
import { erased, leavingAsked } from '../auth/index.ts';
import { createSummaries } from '../profile/index.ts';
import { bandChanged, blocked, presenceChosen } from '../safety/index.ts';
import type { ChatFeature } from './chat-feature.ts';
import { acquainted } from './hellos/acquainted.sql.ts';
import { answersRoutes } from './conversations/answers.routes.ts';
import { catchUpRoutes } from './conversations/catch-up.routes.ts';
import { createAnswerStore } from './hellos/answers.store.ts';
import { chatsRoutes } from './conversations/chats.routes.ts';
import { conversationRoutes } from './conversations/conversation.routes.ts';
import { conversationActs } from './conversations/conversations.acts.ts';
import { createConversations } from './conversations/conversations.service.ts';
import { correctionsAct } from './corrections/corrections.acts.ts';
import { correctionsRoutes } from './corrections/corrections.routes.ts';
import { createCorrections } from './corrections/corrections.service.ts';
import { createCorrectionsStore } from './corrections/corrections.store.ts';
import { createEndingStore } from './hellos/endings.store.ts';
import { createOver } from './conversations/over.service.ts';
import { createOverStore } from './conversations/over.store.ts';
import { createReadingStore } from './conversations/reading.store.ts';
import { createWordsFrom } from './hellos/words-from.ts';
import { messagePagesRoutes } from './conversations/message-pages.routes.ts';
import { pressesRoutes } from './conversations/presses.routes.ts';
import { writingPart } from './conversations/writing.ts';
import { createPresence } from './presence/presence.service.ts';
import { createPresenceStore } from './presence/presence.store.ts';
import { typingAct } from './presence/typing.acts.ts';
import { createTyping } from './presence/typing.service.ts';
import { createTypingStore } from './presence/typing.store.ts';
import { sendBucket } from './policy.ts';
import { shownHints } from './messages/told-message.page.ts';
import { kept } from './kept.ts';
import { chatNav } from './nav.ts';
import { chatActions, startersSection } from './person-actions.ts';
import { createPersonalDataStore } from './personal-data.store.ts';
import { createChatEvidenceStore } from './reporting/evidence.store.ts';
import { declinesSince } from './reporting/declines.sql.ts';
import { createHeldHelloStore } from './reporting/held-hellos.store.ts';
import { createMessageRemovalStore } from './reporting/removal.store.ts';
import type { Tell } from './messages/hints.ts';
import { openWritingStores } from './writing.store.ts';
import { reportableConversations } from './reporting/reportable.ts';

export type { ChatFeature } from './chat-feature.ts';
export { accepted, requested } from './facts.ts';
export { messagePolicy } from './policy.ts';
export { exampleMessage } from './messages/message.page.ts';

interface ChatDeps {
  db: Db;
  clock: Clock;
  random: Random;
  wake: Wake;
  /** The site's; keys of cursors and of first words are derived from it. */
  secret: string;
  openBucket: (name: string, rule: BucketRule) => Bucket;
  live: Live;
  openHeartbeats: (name: string) => Heartbeats;
  isDown: (err: unknown) => boolean;
  log: Log;
  auth: Pick<AuthFeature, 'clients'>;
  safety: Pick<SafetyFeature, 'parted'>;
}

const explained = {
  conversations: message('chat.export.conversations'),
  firstHellos: message('chat.export.firstHellos'),
};

/** First hellos, their answers, and the lists of conversations: `/chats`. */
export function chatFeature({
  db,
  clock,
  random,
  wake,
  secret,
  openBucket,
  openHeartbeats,
  isDown,
  log,
  live,
  auth,
  safety,
}: ChatDeps): ChatFeature {
  const endings = createEndingStore(db);
  const data = createPersonalDataStore(db);
  const reading = createReadingStore(db);
  const cursors = createCursors(deriveHmac(secret, 'cursors'));
  const tell: Tell = (userId, event, data) => live.tell(userId, event, data);
  const beats = openHeartbeats('presence');
  const presence = createPresence({ beats, store: createPresenceStore(db), tell, isDown, clock, log });
  live.listen(presence.listener);
  const over = createOver({ store: createOverStore(db), beats, tell, clock, log });
  const conversations = createConversations({
    answers: createAnswerStore(db),
    reading,
    presence,
    over,
    cursors,
    random,
    wake,
  });
  const stores = openWritingStores(db, clock);
  const writing = writingPart({
    stores,
    bucket: openBucket('chat', sendBucket),
    tell,
    over,
    wordsFrom: createWordsFrom(deriveHmac(secret, 'first-words'), (caller) => auth.clients.devicesOf(caller)),
    random,
    wake,
  });
  const acts = conversationActs(conversations, writing.sending);
  const corrections = correctionsAct(createCorrections(createCorrectionsStore(db), cursors));
  const summaries = createSummaries(db);
  const { parted } = safety;
  const conversation = conversationRoutes({
    acts,
    markRead: writing.acts.own.read,
    summaries,
    countedHellos: (viewer) => stores.hellos.counted(viewer),
    parted,
    random,
  });
  const answers = answersRoutes(acts);
  const presses = pressesRoutes({ messages: writing.acts.messages, own: writing.acts.own });
  const aboutOne = messagePagesRoutes({ read: acts.read, acts: writing.acts.messages, random });
  return {
    name: 'chat',
    pages: Router()
      .use(chatsRoutes({ acts, summaries, parted }))
      .use(catchUpRoutes(acts))
      .use(conversation.routes)
      .use(answers.routes)
      .use(correctionsRoutes(corrections))
      .use(presses.routes)
      .use(aboutOne.routes),
    forms: { ...conversation.forms, ...answers.forms, ...presses.forms, ...aboutOne.forms },
    ...reportableConversations(createChatEvidenceStore(db), createMessageRemovalStore(db)),
    unwelcome: declinesSince,
    heldHellos: createHeldHelloStore(db),
    acquainted,
    onLeaving: (userId) => over.allOf(userId),
    onBlocked: (userId, otherId) => over.between(userId, otherId),
    over: (userId) => over.allOf(userId),
    nav: chatNav,
    hints: shownHints,
    slots: {
      'person.actions': chatActions,
      'person.sections': [startersSection],
    },
    acts: [
      ...Object.values(acts),
      corrections,
      ...Object.values(writing.acts.messages),
      ...Object.values(writing.acts.own),
      typingAct(createTyping(createTypingStore(db), tell)),
    ],
    on: [
      subscription('chat.bands', [bandChanged], async ({ ids }) => {
        await endings.withdrawAcrossBands(ids.userId, clock.now());
      }),
      subscription('chat.blocked', [blocked], ({ ids }) => over.between(ids.userId, ids.otherId)),
      subscription('chat.leaving', [leavingAsked], ({ ids }) => over.allOf(ids.userId)),
      subscription('chat.presence', [presenceChosen], ({ ids }) => presence.chosen(ids.userId)),
      subscription('chat.erased', [erased], ({ ids }) => data.eraseOf(ids.userId, clock.now())),
    ],
    timers: [
      cleanup(() => endings.forget(clock.now())),
      cleanup(async () => void (await endings.emptyDeleted(clock.now()))),
    ],
    privacy: {
      kept,
      export: async (userId) => ({ sections: { ...(await data.exportOf(userId, clock.now())) }, explained }),
      async erase(userId) {
        await data.eraseOf(userId, clock.now());
        await presence.forget(userId);
      },
    },
  };
}
