const box = document.querySelector('[data-copy]');
const FOLLOW_FOR_MS = 10 * 60_000;

/** While a copy is being packed, looks again and shows what has changed. A failed question is asked again. */
async function follow(until) {
  if (!box.querySelector('[data-copy-making]') || performance.now() > until) return;
  await new Promise((resolve) => setTimeout(resolve, Number(box.dataset.lookAgain) * 1000));
  try {
    const answer = await fetch('/settings/account', { headers: { Accept: 'text/html' }, redirect: 'error' });
    if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const copy = fresh.querySelector('[data-copy]');
      if (copy && !copy.querySelector('[data-copy-making]')) {
        box.replaceChildren(...copy.childNodes);
        document.dispatchEvent(new Event('times'));
      }
    }
  } catch {
    // Offline for a moment, or signed out: the page stays as it is.
  }
  await follow(until);
}

await follow(performance.now() + FOLLOW_FOR_MS);
