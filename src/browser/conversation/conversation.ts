import { find, isSigningOut, need, said, typedKey } from '../index.ts';
import { openLive, type Reach } from '../live/live.ts';
import { askCatchUp } from './asking.ts';
import { type CatchUp, catchingUp } from './catching-up.ts';
import { composer } from './composer.ts';
import { connectionBanner } from './connection-banner.ts';
import { type DraftSaving, draftSaving } from './draft-saving.ts';
import { earlierMessages } from './earlier.ts';
import { gapNotice } from './gap.ts';
import { isMine, isPending, seqOf, wordsOf } from './message-item.ts';
import { messageList } from './message-list.ts';
import { newerButton } from './newer-button.ts';
import { outgoing } from './outgoing.ts';
import { showPresence } from './presence.ts';
import { createReading } from './reading.ts';
import { scrolling } from './scrolling.ts';
import { createSpeaker } from './speaking.ts';
import { typing } from './typing.ts';

interface Page {
  list: HTMLOListElement;
  latest: HTMLElement;
  member: string;
  /** As the address names the other. */
  name: string;
}

interface Hint {
  with: string;
  seq: number;
  html?: string;
  by?: string;
  what?: string;
  text?: string;
  id?: string;
}

interface Presence {
  who: string;
  state: 'here' | 'gone' | null;
}

/** A conversation that is told what happens in it. */
export function openConversation({ list: element, latest, member, name }: Page): void {
  const path = `/chats/${name}`;
  const list = messageList(element);
  const speak = createSpeaker(need(HTMLElement, '[data-message-status]'));
  const scroll = scrolling({ list: element, latest, onLatest: () => seen() });
  const newer = newerButton(element, () => scroll.toLatest());
  const gap = gapNotice(element, () => void look());
  const unread = (read: number): number =>
    list.items().filter((item) => !isMine(item) && !isPending(item) && seqOf(item) > read).length;
  const reading = createReading({
    read: Number(said(element, 'read')),
    isAtLatest: () => scroll.isAtLatest(),
    lastSeq: () => list.lastSeq(),
    unread,
    mark: (seq) => void live.act('chat.read', `${path}/read`, { with: name, seq }),
  });
  const seen = (): void => {
    newer.clear();
    reading.look();
  };

  const show = (change: () => void, isOwn = false): void => {
    scroll.below(() => {
      change();
      list.arrange();
    });
    if (isOwn) scroll.toLatest();
  };
  const put = (html: string): void => {
    const shown = list.put(html);
    if (!shown?.isNew || isMine(shown.item)) return;
    const words = wordsOf(shown.item);
    if (words !== null) speak(said(element, 'name'), words);
    if (!scroll.isAtLatest()) newer.add();
  };

  const take = ({ items, changed, status, theirReadSeq, readSeq, draft }: CatchUp): void => {
    // What may be written here is another now: the page says it.
    if (status !== element.dataset.status) return location.reload();
    show(() => {
      for (const { html } of items) put(html);
      for (const { seq, html } of changed) if (list.has(seq)) list.put(html);
      if (theirReadSeq !== null) list.theyRead(theirReadSeq);
    });
    reading.readTo(readSeq);
    reading.look();
    drafts?.takeOver(draft);
  };
  const catchUp = catchingUp({
    path,
    last: Number(said(element, 'after')),
    change: Number(said(element, 'change')),
    most: Number(said(element, 'most')),
    ask: askCatchUp,
    take,
  });
  let isGap = false;
  const look = async (): Promise<boolean> => {
    const answered = await catchUp.look();
    if (answered) isGap = false;
    gap(isGap && navigator.onLine);
    return answered;
  };

  const heard = (act: (hint: Hint) => void) => (hint: Hint) => {
    if (hint.with === name) act(hint);
  };
  const banner = connectionBanner(need(HTMLElement, '[data-connection]'));
  const live = openLive({
    look,
    onReach: (reach: Reach) => {
      banner(reach);
      if (reach !== 'none') sending.now();
    },
    onSignedOut: () => isSigningOut() || location.reload(),
    on: {
      'chat.message': heard(({ seq, html }) => {
        // Whoever writes has accepted: the page has a field now.
        const isOpen = element.dataset.status === 'accepted';
        theirTyping?.over();
        if (html && isOpen && catchUp.follows(seq)) {
          show(() => put(html));
          return reading.look();
        }
        if (seq <= catchUp.last()) return;
        isGap = true;
        void look();
      }),
      'chat.changed': heard(() => void look()),
      'chat.opened': heard(() => void look()),
      // By name they are nobody from now on.
      'chat.over': heard(({ id = name }) => location.replace(`/chats/${id}`)),
      'chat.typing': heard(() => theirTyping?.theirs()),
      presence: ({ who, state }: Presence) => showPresence(who, state),
      'chat.read': heard(({ seq, by }) => {
        if (by === member) return reading.readTo(seq);
        list.theyRead(seq);
        list.arrange();
      }),
      'chat.mine': heard(({ what, text = '' }) => what === 'draft' && drafts?.takeOver(text)),
    },
  });
  const sending = outgoing({ member, with: name, list, live, show, lookFor: () => void look() });

  const form = find(HTMLFormElement, '#composer');
  const field = form && composer(form, (written) => drafts?.sent(sending.send(written)));
  const drafts: DraftSaving | null = field
    ? draftSaving({
        field,
        save: (text) => live.act('chat.draft', `${path}/draft`, { with: name, text }),
        saved: said(element, 'draft'),
        key: typedKey(member, name),
      })
    : null;

  const theirTyping = field
    ? typing({
        line: need(HTMLElement, '[data-typing]'),
        field,
        tell: () => void live.act('chat.typing', `${path}/typing`, { with: name }),
      })
    : null;

  earlierMessages({
    list: element,
    add: (items) =>
      scroll.above(list.items()[0] ?? element, () => {
        element.prepend(...items);
        list.arrange();
      }),
  });
  list.arrange();
  void sending.follow();
  if (location.hash === '') (find(HTMLElement, '#new') ?? form ?? latest).scrollIntoView({ block: 'end' });
}
