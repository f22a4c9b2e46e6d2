import { createAnswerStore } from '../../src/features/chat/hellos/answers.store.ts';
import { createConversations } from '../../src/features/chat/conversations/conversations.service.ts';
import { createEndingStore } from '../../src/features/chat/hellos/endings.store.ts';
import { createReadingStore } from '../../src/features/chat/conversations/reading.store.ts';
import { createWordsFrom } from '../../src/features/chat/hellos/words-from.ts';
import { writingPart } from '../../src/features/chat/conversations/writing.ts';
import { createPresence } from '../../src/features/chat/presence/presence.service.ts';
import { createPresenceStore } from '../../src/features/chat/presence/presence.store.ts';
import { createHeartbeats } from '../../src/platform/stores/heartbeats.ts';
import { isRedisDown } from '../../src/platform/stores/redis.ts';
import { createLog } from '../../src/platform/watching/log.ts';
import { type BucketRule, createBucket } from '../../src/platform/limits/bucket.ts';
import { openWritingStores } from '../../src/features/chat/writing.store.ts';
import { createPersonalDataStore } from '../../src/features/chat/personal-data.store.ts';
import { createBlocks } from '../../src/features/safety/blocks/blocks.service.ts';
import { createBlockStore } from '../../src/features/safety/blocks/blocks.store.ts';
import { days } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/ids.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { deriveHmac } from '../../src/platform/keys.ts';
import type { Caller } from '../../src/web/act.ts';
import { createCursors } from '../../src/web/cursors.ts';
import { membersOf } from './members.ts';
import type { Nodes } from './nodes.ts';

export interface Person extends Viewer {
  name: string;
}

/** From where a hello comes: an address of its own for each, unless said otherwise. */
let addresses = 0;
export function callerFrom(address?: string, ...devices: string[]): Caller {
  addresses++;
  const own = `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`;
  return { sessionId: 's', address: address ?? own, userAgent: undefined, cookies: devices.join(' ') };
}

/** People who talk, on two nodes. `bucket`: how fast; many tests write all at one moment. */
export function chatting(nodes: Nodes, bucket: BucketRule = { burst: 10_000, oneEvery: 1 }) {
  const { stores, clock, of } = nodes;
  const { join, newId } = membersOf(nodes);
  const wake = (): Promise<void> => Promise.resolve();
  const chat = of(({ db, redis }) =>
    createConversations({
      over: { at: () => Promise.resolve(), openedAt: () => Promise.resolve() },
      presence: createPresence({
        beats: createHeartbeats(redis, 'presence'),
        store: createPresenceStore(db),
        tell: () => {},
        isDown: isRedisDown,
        clock,
        log: createLog('silent'),
      }),
      answers: createAnswerStore(db),
      reading: createReadingStore(db),
      cursors: createCursors(deriveHmac('secret', 'cursors')),
      random: systemRandom,
      wake,
    }),
  );
  const told: { userId: string; event: string; data: object }[] = [];
  const writing = of(({ db, redis }) =>
    writingPart({
      over: { openedAt: () => Promise.resolve() },
      stores: openWritingStores(db, clock),
      bucket: createBucket(redis, clock, 'chat', bucket),
      tell: (userId, event, data) => void told.push({ userId, event, data }),
      wordsFrom: createWordsFrom(deriveHmac('secret', 'words'), ({ cookies }) =>
        (cookies ?? '').split(' ').filter(Boolean),
      ),
      random: systemRandom,
      wake,
    }),
  );
  const blocks = of(({ db }) =>
    createBlocks({
      store: createBlockStore(db),
      onBlocked: () => Promise.resolve(),
      random: systemRandom,
      wake,
    }),
  );
  const endings = of(({ db }) => createEndingStore(db));
  const data = of(({ db }) => createPersonalDataStore(db));
  const asOf = (viewer: Viewer): Viewer => ({ ...viewer, now: clock.now() });
  let hellos = 0;

  return {
    chat,
    writing,
    told,
    blocks,
    endings,
    data,
    asOf,
    newId,

    /** Who joined long ago, so that no first day counts. */
    people: async (...names: string[]): Promise<Person[]> => {
      const joined: Person[] = [];
      for (const name of names) joined.push({ ...(await join(name)), name });
      const long = new Date(clock.now().getTime() - days(30));
      await stores.sql('UPDATE "User" SET "createdAt" = $1 WHERE "username" = ANY($2)', [long, names]);
      return joined;
    },

    /** Says hello with words of its own, and tells the reason or what it became. */
    hello: async (
      n: number,
      from: Viewer,
      to: string,
      {
        text = `Hallo, ${(hellos++).toString(36).replace(/\d/g, (d) => 'zyxwvutsrq'[Number(d)]!)} says hello`,
        clientId = newId(),
        caller = callerFrom(),
      } = {},
    ): Promise<string> => {
      const sent = await writing(n).sending.send(asOf(from), { with: to, text, clientId }, caller);
      if (!sent.ok) return sent.reason;
      return sent.value.accepted ? 'accepted' : 'sent';
    },

    answer: async (
      n: number,
      what: 'accept' | 'decline' | 'withdraw',
      me: Viewer,
      other: string,
    ): Promise<string> => {
      const answered = await chat(n)[what](asOf(me), other);
      return answered.ok ? 'done' : answered.reason;
    },

    /** What a conversation is to somebody. */
    status: async (me: Viewer, other: string): Promise<string> => {
      const read = await chat(0).read(asOf(me), {
        with: other,
        before: null,
        after: null,
        changedAfter: null,
      });
      return read.ok ? read.value.status : read.reason;
    },

    read: async (me: Viewer, other: string) => {
      const read = await chat(0).read(asOf(me), {
        with: other,
        before: null,
        after: null,
        changedAfter: null,
      });
      if (!read.ok) throw new Error(read.reason);
      return read.value;
    },

    /** Of a list: whom, or the opaque id. */
    listed: async (me: Viewer, which: 'chats' | 'requests'): Promise<string[]> => {
      const list = await chat(0).list(asOf(me), which, '');
      if (!list.ok) throw new Error(list.reason);
      return list.value.items.map((item) => item.person?.username ?? 'former');
    },

    rows: <Row extends object>(table: string): Promise<Row[]> => stores.sql<Row>(`SELECT * FROM "${table}"`),
  };
}
