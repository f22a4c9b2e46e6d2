import { all, fetchPart, need, poll, said } from '../../browser/index.ts';

const LIST = '[data-outbox-list]';
const box = need(HTMLElement, '[data-outbox]');
let shown = need(HTMLElement, LIST, box).innerHTML;

/** One click on a code selects it. The text stays the same for whoever reads or copies the whole letter. */
function markCodes(): void {
  for (const pre of all(HTMLPreElement, 'pre', box)) {
    const parts = (pre.textContent ?? '').split(/(?<![\d#])(\d{6})(?!\d)/);
    pre.replaceChildren(
      ...parts.map((part, place) => {
        if (place % 2 === 0) return part;
        const code = document.createElement('mark');
        code.className = 'otp';
        code.textContent = part;
        return code;
      }),
    );
  }
}

/** Takes the new list only when it differs, so that a selection or the place on the page is not lost for nothing. */
async function refresh(): Promise<void> {
  const list = await fetchPart(location.href, LIST);
  if (!list || list.innerHTML === shown) return;
  shown = list.innerHTML;
  need(HTMLElement, LIST, box).replaceWith(list);
  markCodes();
}

markCodes();
await poll({
  isWanted: () => true,
  pauseMs: () => Number(said(box, 'refreshSeconds')) * 1000,
  forMs: Infinity,
  ask: async () => {
    if (!document.hidden) await refresh();
  },
});
