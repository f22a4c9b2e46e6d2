import type { Clock } from '../../kernel/clock.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { WritingStores } from './conversations/writing.ts';
import { createHelloStore } from './hellos/hello.store.ts';
import { createChangeStore } from './messages/changes.store.ts';
import { createHistoryStore } from './messages/history.store.ts';
import { createKeptMessageStore } from './messages/kept-messages.store.ts';
import { createParticipationStore } from './messages/participation.store.ts';
import { createSendStore } from './messages/send.store.ts';
import { createSender } from './messages/sender.store.ts';
import { createNamesStore } from './pairs/names.store.ts';

export function openWritingStores(db: Db, clock: Clock): WritingStores {
  return {
    sender: createSender(createSendStore(db), clock),
    changes: createChangeStore(db),
    participation: createParticipationStore(db),
    kept: createKeptMessageStore(db),
    history: createHistoryStore(db),
    hellos: createHelloStore(db),
    names: createNamesStore(db),
  };
}
