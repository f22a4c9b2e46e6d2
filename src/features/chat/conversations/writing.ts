import type { Wake } from '../../../events/wake.ts';
import type { Random } from '../../../kernel/ids.ts';
import type { Bucket } from '../../../platform/limits/bucket.ts';
import type { HelloStore } from '../hellos/hello.store.ts';
import type { createWordsFrom } from '../hellos/words-from.ts';
import type { ChangeStore } from '../messages/changes.store.ts';
import { createHints, type Tell } from '../messages/hints.ts';
import type { HistoryStore } from '../messages/history.store.ts';
import type { KeptMessageStore } from '../messages/kept-messages.store.ts';
import { messageActs } from '../messages/messages.acts.ts';
import { createMessages } from '../messages/messages.service.ts';
import { participationActs } from '../messages/participation.acts.ts';
import { createParticipation } from '../messages/participation.service.ts';
import type { ParticipationStore } from '../messages/participation.store.ts';
import type { Sender } from '../messages/sender.store.ts';
import type { NamesStore } from '../pairs/names.store.ts';
import type { Over } from './over.service.ts';
import { createSending } from './sending.service.ts';

export interface WritingStores {
  sender: Sender;
  changes: ChangeStore;
  participation: ParticipationStore;
  kept: KeptMessageStore;
  history: HistoryStore;
  hellos: HelloStore;
  names: NamesStore;
}

interface WritingDeps {
  stores: WritingStores;
  wordsFrom: ReturnType<typeof createWordsFrom>;
  bucket: Bucket;
  tell: Tell;
  over: Pick<Over, 'openedAt'>;
  random: Random;
  wake: Wake;
}

/** Sending, and all that is done to what was sent. */
export function writingPart({ stores, tell, random, ...deps }: WritingDeps) {
  const hints = createHints(tell);
  const sending = createSending({ ...deps, ...stores, hints, random });
  const messages = createMessages({ ...stores, hints });
  const participation = createParticipation(stores.participation, hints);
  return {
    sending,
    messages,
    participation,
    acts: {
      messages: messageActs(messages, (...sent) => sending.send(...sent), random),
      own: participationActs(participation),
    },
  };
}
