const box = document.querySelector('[data-outbox]');
const seconds = Number(box.dataset.refreshSeconds);
let shown = box.querySelector('[data-outbox-list]').innerHTML;

/** One click on a code selects it. The text stays the same for whoever reads or copies the whole letter. */
function markCodes() {
  for (const pre of box.querySelectorAll('pre')) {
    const parts = pre.textContent.split(/(?<![\d#])(\d{6})(?!\d)/);
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
async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const list = fresh.querySelector('[data-outbox-list]');
  if (!list || list.innerHTML === shown) return;
  shown = list.innerHTML;
  box.querySelector('[data-outbox-list]').replaceWith(document.adoptNode(list));
  markCodes();
}

markCodes();
setInterval(() => {
  if (!document.hidden) refresh().catch(() => {});
}, seconds * 1000);
