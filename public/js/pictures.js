/** While a picture is being made, asks how it is, and puts the new state in the place of the old one. */
const ASK_MS = 1500;
const ASK_FOR_MS = 120_000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const ask = async (url, accept) => {
  const answer = await fetch(url, { headers: { Accept: accept }, redirect: 'error' });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
};

/** Only this part of the page: what is typed in the form below stays, and what is being written in this part, too. */
const renew = async (section) => {
  if (section.querySelector('details[open]')) return;
  const answer = await ask(location.pathname, 'text/html');
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('[data-pictures]');
  if (fresh) section.replaceWith(document.adoptNode(fresh));
  const said = document.querySelector('[data-pictures-said]');
  const notice = document.querySelector('[data-pictures] .notice, [data-pictures] p.photo-refused');
  if (said) said.textContent = notice?.textContent.trim() ?? 'Your picture is ready.';
};

const until = performance.now() + ASK_FOR_MS;
for (;;) {
  const section = document.querySelector('[data-pictures][data-busy]');
  if (!section || performance.now() > until) break;
  await pause(ASK_MS);
  try {
    const answer = await ask(`/settings/pictures/status?of=${section.dataset.pictures}`, 'application/json');
    const { mark } = await answer.json();
    if (mark === section.dataset.mark) continue;
    if (section.dataset.reload === undefined) await renew(section);
    else {
      location.reload();
      break;
    }
  } catch {
    // Offline for a moment, or signed out elsewhere: the page stays as it is.
  }
}
