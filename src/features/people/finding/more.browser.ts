import { all, fetchPart, find, need, t } from '../../../browser/index.ts';

/** Puts the next people below the last ones, where they are asked for. Without this the link leads to a page of them. */
function moreIn(list: HTMLElement, status: HTMLElement): void {
  const tiles = need(HTMLElement, '.tiles', list);
  const say = (text: string, isFault: boolean): void => {
    status.textContent = text;
    status.classList.toggle('visually-hidden', !isFault);
  };
  let isBusy = false;
  list.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    // In another tab or window, or to be kept: as any link.
    if (!link?.closest('.load-more') || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    list.setAttribute('aria-busy', 'true');
    say(t('people.browser.more.busy'), false);
    void fetchPart(link.href, '[data-people]')
      .then((next) => {
        // Nobody is left, or the session is over: the page itself says so.
        if (!next) return location.assign(link.href);
        const people = all(HTMLElement, '.tile', next);
        tiles.append(...people);
        const more = find(HTMLElement, '.load-more', next);
        const old = need(HTMLElement, '.load-more', list);
        if (more) old.replaceWith(more);
        else old.remove();
        say(t('people.browser.more.shown', { count: people.length }), false);
        if (people[0]) need(HTMLAnchorElement, '.tile-link', people[0]).focus();
      })
      .catch(() => say(t('people.browser.more.failed'), true))
      .finally(() => {
        isBusy = false;
        list.setAttribute('aria-busy', 'false');
      });
  });
}

const list = find(HTMLElement, '[data-people]');
if (list) moreIn(list, need(HTMLElement, '[data-people-status]'));
