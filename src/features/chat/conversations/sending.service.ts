import type { Wake } from '../../../events/wake.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import { done, refused, signedOut } from '../../../kernel/outcome.ts';
import { type ContactDetail, contactDetailIn } from '../../../kernel/text/contact-details/contact-details.ts';
import { graphemes } from '../../../kernel/text/text.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Bucket } from '../../../platform/limits/bucket.ts';
import type { Caller } from '../../../web/act.ts';
import { opaqueIdOf } from '../pairs/conversation-id.ts';
import type { SendOutcome, Words } from '../messages/sent.ts';
import type { HelloStore, Said } from '../hellos/hello.store.ts';
import { placeOf } from '../pairs/pair.store.ts';
import type { NamesStore } from '../pairs/names.store.ts';
import type { createWordsFrom } from '../hellos/words-from.ts';
import { helloLimits } from '../policy.ts';
import type { Over } from './over.service.ts';
import type { Hints } from '../messages/hints.ts';
import type { SentRow } from '../messages/send.store.ts';
import type { Sender } from '../messages/sender.store.ts';

interface SendingDeps {
  sender: Sender;
  hellos: HelloStore;
  names: NamesStore;
  wordsFrom: ReturnType<typeof createWordsFrom>;
  bucket: Bucket;
  hints: Hints;
  over: Pick<Over, 'openedAt'>;
  random: Random;
  wake: Wake;
}

const nothingMore = { language: null, answers: null, corrects: null, note: null };

function saidOf({ what, seq, at, change, most, usual, freeAt }: Said, words: Words, now: Date): SendOutcome {
  if (what === 'too-often')
    return refused(what, { retryInMs: Math.max(1, freeAt!.getTime() - now.getTime()), most, usual });
  // Accepted while this was on its way: the same again finds it open.
  if (what === 'not-open-yet') return refused('closed');
  if (what !== 'hello' && what !== 'answer' && what !== 'sent') return refused(what);
  const { with: name, clientId } = words;
  return done({ seq: seq!, at: at!, clientId, with: name, change: change!, accepted: what === 'answer' });
}

/** Messages between two who accepted each other, and what comes before that: a first hello, and the answer that accepts it. */
export function createSending(deps: SendingDeps) {
  const { sender, hellos, names, wordsFrom, bucket, hints, over, random, wake } = deps;

  const detailIn = async (viewer: Viewer, name: string, text: string) =>
    contactDetailIn(text) && contactDetailIn(text, await names.of(viewer, placeOf(name)));

  /** `kind`: of the contact detail that it holds, where somebody had to look. */
  const store = async (
    viewer: Viewer,
    words: Words,
  ): Promise<{ row: SentRow; kind: ContactDetail | null }> => {
    const send = { ...nothingMore, ...words, viewer, place: placeOf(words.with) };
    const row = await sender({ ...send, hasContactDetail: null });
    if (row.what !== 'unchecked') return { row, kind: null };
    const kind = await detailIn(viewer, words.with, `${words.text}\n${words.note ?? ''}`);
    return { row: await sender({ ...send, hasContactDetail: kind !== null }), kind };
  };

  /** To somebody new, or who asked. Whom the viewer may not see is refused in the same words, by the same statements. */
  const sayHello = async (viewer: Viewer, words: Words, caller: Caller): Promise<SendOutcome> => {
    const { text, clientId } = words;
    const count = graphemes(text, helloLimits.graphemes * 2).length;
    if (count > helloLimits.graphemes) return refused('too-long', { most: helloLimits.graphemes, count });
    const kind = await detailIn(viewer, words.with, text);
    if (kind) return refused('contact-detail', { kind, isHello: true });
    const said = await hellos.say(viewer, placeOf(words.with), {
      helloId: uuidv7(viewer.now, random),
      clientId,
      text,
      from: (called) => wordsFrom(text, called, caller),
    });
    if (!said) return signedOut;
    // Whether it reached the other must not show in how long this takes.
    if (said.what === 'hello' || said.what === 'answer') await wake();
    if (said.what === 'answer') await over.openedAt(viewer.id, placeOf(words.with));
    return saidOf(said, words, viewer.now);
  };

  return {
    /** Answers once it is stored: what was sent before under this client id keeps its number. */
    async send(viewer: Viewer, words: Words, caller: Caller): Promise<SendOutcome> {
      const retryInMs = await bucket(viewer.id, words.clientId);
      if (retryInMs > 0) return refused('too-fast', { retryInMs });
      const { row, kind } = await store(viewer, words);
      const isNote = words.corrects !== undefined && words.corrects !== null;
      if (row.what === 'not-accepted' || row.what === 'nobody')
        return isNote ? refused('nobody') : sayHello(viewer, words, caller);
      if (kind !== null && row.what === 'contact-detail') return refused(row.what, { kind, isHello: false });
      if (row.what !== 'sent') return refused(row.what as 'over' | 'gone' | 'signed-out');
      if (row.isNew) hints.sent(viewer.id, words, row);
      const [seq, at, change] = [row.seq!, row.at!, row.change!];
      const name = row.other ?? opaqueIdOf(row.conversationId!);
      return done({ seq, at, clientId: words.clientId, with: name, change, accepted: false });
    },
  };
}

export type Sending = ReturnType<typeof createSending>;
