/** Opens photos one after the other in a dialog. Without this each is a link to itself. */
const viewer = document.querySelector('[data-viewer]');
const links = [...document.querySelectorAll('[data-gallery] a')];

if (viewer?.showModal) {
  const [figure, count, text] = ['figure', 'count', 'text'].map((part) =>
    viewer.querySelector(`[data-viewer-${part}]`),
  );
  const picture = document.createElement('img');
  figure.prepend(picture);
  const steps = [...viewer.querySelectorAll('[data-viewer-by]')];
  let shown = 0;

  const show = (place) => {
    shown = (place + links.length) % links.length;
    const small = links[shown].querySelector('img:not(.picture-early)');
    // The one before would be seen until this one has come.
    picture.removeAttribute('src');
    picture.alt = small.alt;
    picture.src = links[shown].href;
    count.textContent = `${shown + 1} of ${links.length}`;
    text.textContent = small.alt;
  };
  for (const step of steps) {
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
  viewer.querySelector('[data-viewer-close]').addEventListener('click', () => viewer.close());
  // Beside the picture and its buttons.
  viewer.addEventListener('click', (event) => event.target === viewer && viewer.close());
  viewer.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowLeft') show(shown - 1);
    if (key === 'ArrowRight') show(shown + 1);
  });
  // The browser leads back to the link that was pressed; the photo that was seen last may be another one.
  viewer.addEventListener('close', () => links[shown].focus());
}
