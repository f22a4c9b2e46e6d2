import { all, closable, find, need, t } from '../../browser/index.ts';

/** Opens photos one after the other in a dialog. Without this each is a link to itself. */
function openIn(viewer: HTMLDialogElement, links: readonly HTMLAnchorElement[]): void {
  const figure = need(HTMLElement, '[data-viewer-figure]', viewer);
  const count = need(HTMLElement, '[data-viewer-count]', viewer);
  const text = need(HTMLElement, '[data-viewer-text]', viewer);
  const picture = document.createElement('img');
  figure.prepend(picture);
  let shown = 0;

  const show = (place: number): void => {
    shown = (place + links.length) % links.length;
    const link = links[shown]!;
    const small = need(HTMLImageElement, 'img:not(.picture-early)', link);
    // The one before would be seen until this one has come.
    picture.removeAttribute('src');
    picture.alt = small.alt;
    picture.src = link.href;
    count.textContent = t('pictures.browser.gallery.place', { place: shown + 1, count: links.length });
    text.textContent = small.alt;
  };
  for (const step of all(HTMLButtonElement, '[data-viewer-by]', viewer)) {
    step.hidden = links.length < 2;
    step.addEventListener('click', () => show(shown + Number(step.dataset.viewerBy)));
  }

  for (const [place, link] of links.entries()) {
    link.addEventListener('click', (event) => {
      // In another tab or window, or to be kept: as any link.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      show(place);
      viewer.showModal();
    });
  }
  closable(viewer);
  const [back, onward] = document.dir === 'rtl' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
  viewer.addEventListener('keydown', ({ key }) => {
    if (key === back) show(shown - 1);
    if (key === onward) show(shown + 1);
  });
  // The browser leads back to the link that was pressed; the photo that was seen last may be another one.
  viewer.addEventListener('close', () => links[shown]?.focus());
}

// Old browsers know no dialogs.
const viewer = 'HTMLDialogElement' in window ? find(HTMLDialogElement, '[data-viewer]') : null;
if (viewer) openIn(viewer, all(HTMLAnchorElement, '[data-gallery] a'));
