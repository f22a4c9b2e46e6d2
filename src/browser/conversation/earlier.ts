import { all, fetchPart, find, t } from '../index.ts';

interface EarlierDeps {
  list: HTMLOListElement;
  /** Puts them in above what is there, which stays where it is. */
  add: (items: HTMLElement[]) => void;
}

/** "Earlier messages" come into the list, when their link is pressed or comes into sight. */
export function earlierMessages({ list, add }: EarlierDeps): void {
  const box = list.parentElement!;
  const link = find(HTMLAnchorElement, '.messages-more a', box);
  if (!link) return;
  const label = link.textContent;
  let isBusy = false;
  const load = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    list.setAttribute('aria-busy', 'true');
    try {
      const part = await fetchPart(link.href, '.conversation section');
      if (!part) return location.assign(link.href);
      const more = find(HTMLAnchorElement, '.messages-more a[href*="before="]', part);
      add(all(HTMLElement, '.messages > .message', part));
      if (more) link.href = more.href;
      else link.parentElement?.remove();
      link.textContent = label;
    } catch {
      link.textContent = t('chat.browser.conversation.earlierFailed');
    } finally {
      isBusy = false;
      list.setAttribute('aria-busy', 'false');
    }
  };
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void load();
  });
  // Not before somebody has moved: a page that opens at its top would load all there is.
  addEventListener(
    'wheel',
    () => new IntersectionObserver(([entry]) => entry!.isIntersecting && void load()).observe(link),
    { once: true, passive: true },
  );
}
