import { all, find } from './elements.ts';

/** Where the browser does not say that it was stopped, a form is held no longer than an impatient person waits. */
const HELD_MS = 8000;

/** The form can be sent again; its own scripts hear of it. */
export function release(form: HTMLFormElement): void {
  if (!form.dataset.sent) return;
  delete form.dataset.sent;
  const button = find(HTMLButtonElement, 'button[data-label]', form);
  if (button) button.textContent = button.dataset.label ?? null;
  form.dispatchEvent(new Event('released'));
}

function releaseAll(): void {
  for (const form of all(HTMLFormElement, 'form[data-sent]')) release(form);
}

/** A second click on a form that is already on its way does nothing. */
function hold(form: HTMLFormElement, event: SubmitEvent): void {
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'yes';
  // What a script sends by itself (sending.ts) is released by it.
  if (!('navigation' in window)) setTimeout(() => event.defaultPrevented || release(form), HELD_MS);
  const button = find(HTMLButtonElement, 'button[type="submit"]', form);
  if (!button || !form.dataset.busy) return;
  button.dataset.label = button.textContent ?? '';
  button.textContent = form.dataset.busy;
}

export function holdForms(): void {
  for (const form of all(HTMLFormElement, 'form[method="post"]'))
    form.addEventListener('submit', (event) => hold(form, event));

  /** Stopped, or broken off, with nothing else on its way: the page is still here. */
  let latest: NavigateEvent | null = null;
  window.navigation?.addEventListener('navigate', (navigation) => {
    latest = navigation;
    navigation.signal.addEventListener('abort', () =>
      setTimeout(() => navigation === latest && releaseAll()),
    );
  });

  /** Back from another page, out of the browser's memory. */
  window.addEventListener('pageshow', (event) => event.persisted && releaseAll());
}
