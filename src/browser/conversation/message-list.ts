import { all, said, showTimes, t } from '../index.ts';
import { isMine, isPending, parseMessage, sayState, seqOf, timeOf } from './message-item.ts';
import { places } from './run.ts';

/** What is new begins after it. */
function isNewLine(element: Element | null): boolean {
  return element?.classList.contains('new') ?? false;
}

function dayHeading(at: number): HTMLLIElement {
  const item = document.createElement('li');
  const time = document.createElement('time');
  const heading = document.createElement('h2');
  item.className = 'day';
  time.dateTime = new Date(at).toISOString();
  time.dataset.shape = 'day';
  heading.append(time);
  item.append(heading);
  return item;
}

function dayOf(at: number): string {
  return new Date(at).toDateString();
}

/** The messages on the page: stored ones in the order of their numbers, then what waits. */
export function messageList(list: HTMLOListElement) {
  const withinMs = Number(said(list, 'run'));
  let theirRead = Number(list.dataset.theirRead ?? 0);
  const items = (): HTMLLIElement[] => all(HTMLLIElement, '.message', list);
  const stored = (): HTMLLIElement[] => items().filter((item) => !isPending(item));

  const setDay = (item: HTMLElement, startsDay: boolean): void => {
    const head = isNewLine(item.previousElementSibling) ? item.previousElementSibling! : item;
    const before = head.previousElementSibling;
    const day = before?.classList.contains('day') ? before : null;
    day?.remove();
    if (startsDay) head.before(dayHeading(timeOf(item)));
  };
  const arrange = (): void => {
    const shown = items();
    const told = shown.map((item) => ({
      mine: isMine(item),
      at: timeOf(item),
      isNew: isNewLine(item.previousElementSibling),
    }));
    for (const [n, place] of places(told, dayOf, withinMs).entries()) {
      setDay(shown[n]!, place.startsDay);
      shown[n]!.classList.toggle('continues', place.continues);
    }
    const own = stored().filter(isMine);
    const last = own.at(-1);
    for (const item of own) if (item !== last) sayState(item, null);
    if (last?.querySelector('.written, .correction'))
      sayState(
        last,
        theirRead >= seqOf(last) ? t('chat.browser.conversation.read') : t('chat.browser.conversation.sent'),
      );
    showTimes();
  };

  const place = (item: HTMLLIElement): void => {
    const seq = seqOf(item);
    const next = items().find((other) => isPending(other) || seqOf(other) > seq);
    if (next) next.before(item);
    else list.append(item);
  };

  return {
    items,
    arrange,
    pending: (clientId: string): HTMLLIElement | undefined =>
      items().find((item) => isPending(item) && item.dataset.client === clientId),
    has: (seq: number): boolean => document.getElementById(`m-${seq}`) !== null,
    lastSeq: (): number => Math.max(0, ...stored().map(seqOf)),
    /** As the site has it now, in the place of what was there. New to the page: true. */
    put(html: string): { item: HTMLLIElement; isNew: boolean } | null {
      const item = parseMessage(html);
      if (!item) return null;
      const before = document.getElementById(item.id);
      if (before) {
        // Whoever is at its menu stays there.
        if (before.querySelector('details[open]')) item.querySelector('details')?.setAttribute('open', '');
        before.replaceWith(item);
        return { item, isNew: false };
      }
      const { client } = item.dataset;
      const waiting = client
        ? items().find((other) => isPending(other) && other.dataset.client === client)
        : null;
      waiting?.remove();
      place(item);
      return { item, isNew: !waiting };
    },
    add: (item: HTMLLIElement): void => list.append(item),
    theyRead(seq: number): void {
      theirRead = Math.max(theirRead, seq);
    },
  };
}

export type MessageList = ReturnType<typeof messageList>;
