import { find } from '../index.ts';

/** One message in a list: what its partial says of it. */
export function parseMessage(html: string): HTMLLIElement | null {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const item = page.querySelector('li');
  return item && document.adoptNode(item);
}

export function isMine(item: HTMLElement): boolean {
  return item.classList.contains('mine');
}

export function isPending(item: HTMLElement): boolean {
  return item.classList.contains('pending');
}

export function seqOf(item: HTMLElement): number {
  return Number(item.dataset.seq ?? 0);
}

export function timeOf(item: HTMLElement): number {
  return Date.parse(find(HTMLTimeElement, '.message-time time', item)?.dateTime ?? '');
}

/** What somebody hears of it who doesn't see it; null: it was deleted. */
export function wordsOf(item: HTMLElement): string | null {
  const words = find(HTMLElement, '.written, .correction', item)?.textContent;
  return words ? words.replace(/\s+/g, ' ').trim() : null;
}

/** "Sent", "Read": of one's own last message only. */
export function sayState(item: HTMLElement, state: string | null): void {
  const there = find(HTMLElement, '.message-state', item);
  if (state === null) return there?.remove();
  if (there) {
    if (there.textContent !== state) there.textContent = state;
    return;
  }
  const word = document.createElement('span');
  word.className = 'message-state';
  word.textContent = state;
  find(HTMLElement, '.message-facts', item)?.append(' ', word);
}
