import { fetchPart, find, need, poll, said, showTimes } from '../../browser/index.ts';

const box = need(HTMLElement, '[data-copy]');
const FOLLOW_FOR_MS = 10 * 60_000;

function isMaking(part: HTMLElement): boolean {
  return find(HTMLElement, '[data-copy-making]', part) !== null;
}

/** While a copy is being packed, looks again and shows what has changed. */
await poll({
  isWanted: () => isMaking(box),
  pauseMs: () => Number(said(box, 'lookAgain')) * 1000,
  forMs: FOLLOW_FOR_MS,
  ask: async () => {
    const copy = await fetchPart('/settings/account', '[data-copy]');
    if (!copy || isMaking(copy)) return;
    box.replaceChildren(...copy.childNodes);
    showTimes();
  },
});
