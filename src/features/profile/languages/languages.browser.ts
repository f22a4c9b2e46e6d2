import { all, find, need, t } from '../../../browser/index.ts';

function selectsOf(row: HTMLElement): HTMLSelectElement[] {
  return all(HTMLSelectElement, 'select', row);
}

function removeButton(row: HTMLElement): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button-link remove-row';
  // "Also learning (2 of 4, optional)" → "Also learning 2"
  const language = (need(HTMLElement, 'label', row).textContent ?? '').replace(/ \((\d*).*\)$/, ' $1').trim();
  button.textContent = t('profile.browser.languages.remove');
  button.setAttribute('aria-label', t('profile.browser.languages.removeThis', { language }));
  return button;
}

/** One select after the other, instead of all at once. Those that were chosen stay on the page, and can be taken away. */
function showOneByOne(box: HTMLElement): void {
  const details = need(HTMLDetailsElement, 'details', box);
  const isElement = (element: Element | null): element is HTMLElement => element instanceof HTMLElement;
  // A field, or a row of a language and its level. The first is always there.
  const more = [...details.children].slice(1).filter(isElement);
  const rows = [details.previousElementSibling, ...more].filter(isElement);
  const shown = (): HTMLElement[] => rows.filter((row) => !row.hidden);

  const add = document.createElement('button');
  add.type = 'button';
  add.className = 'button-second';
  add.textContent = box.dataset.languages || t('profile.browser.languages.add');

  const refresh = (): void => {
    details.hidden = more.every((row) => row.hidden);
    add.hidden = more.every((row) => !row.hidden);
    const only = shown().length === 1;
    for (const row of rows) need(HTMLElement, '.remove-row', row).hidden = only;
  };

  /** Takes a language away with its level; those below move up, so that no row stays empty in the middle. */
  const remove = (row: HTMLElement): void => {
    const below = shown().slice(shown().indexOf(row));
    for (const [n, here] of below.entries()) {
      const next = below[n + 1];
      const values = next ? selectsOf(next).map(({ value }) => value) : [];
      for (const [k, select] of selectsOf(here).entries()) select.value = values[k] ?? '';
    }
    const last = below.at(-1);
    if (last) last.hidden = true;
    refresh();
    if (row.hidden) add.focus();
    else selectsOf(row)[0]?.focus();
    box.dispatchEvent(new Event('change', { bubbles: true }));
  };

  for (const row of rows) {
    const button = removeButton(row);
    button.addEventListener('click', () => remove(row));
    row.append(button);
  }

  for (const row of more) row.hidden = selectsOf(row)[0]?.value === '' && !row.querySelector('.field-error');
  need(HTMLElement, 'summary', details).hidden = true;
  details.open = true;
  details.after(add);
  refresh();

  add.addEventListener('click', () => {
    const next = more.find((row) => row.hidden);
    if (!next) return;
    next.hidden = false;
    refresh();
    selectsOf(next)[0]?.focus();
  });
}

for (const box of all(HTMLElement, '[data-languages]'))
  if (find(HTMLDetailsElement, 'details', box)) showOneByOne(box);
