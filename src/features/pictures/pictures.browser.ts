import { fetchJson, fetchPart, find, poll, said, t } from '../../browser/index.ts';

/** While a picture is being made, asks how it is, and puts the new state in the place of the old one. */
const ASK_MS = 1500;
const ASK_FOR_MS = 120_000;

let isLeaving = false;

function busySection(): HTMLElement | null {
  return isLeaving ? null : find(HTMLElement, '[data-pictures][data-busy]');
}

/** Only this part of the page: what is typed in the form below stays, and what is being written in this part, too. */
async function renew(section: HTMLElement): Promise<void> {
  if (section.querySelector('details[open]')) return;
  const fresh = await fetchPart(location.pathname, '[data-pictures]');
  if (fresh) section.replaceWith(fresh);
  const spoken = find(HTMLElement, '[data-pictures-said]');
  const notice = find(HTMLElement, '[data-pictures] .notice, [data-pictures] p.photo-refused');
  if (spoken) spoken.textContent = notice?.textContent?.trim() ?? t('pictures.browser.pictures.ready');
}

await poll({
  isWanted: () => busySection() !== null,
  pauseMs: () => ASK_MS,
  forMs: ASK_FOR_MS,
  ask: async () => {
    const section = busySection();
    if (!section) return;
    const { mark } = await fetchJson<{ mark: string }>(
      `/settings/pictures/status?of=${said(section, 'pictures')}`,
    );
    if (mark === section.dataset.mark) return;
    isLeaving = section.dataset.reload !== undefined;
    if (isLeaving) location.reload();
    else await renew(section);
  },
});
