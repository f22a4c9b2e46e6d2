import { boxFor, fieldFor } from './combobox-parts.ts';

/**
 * A field to type into over a native select, which goes on holding what is chosen: an editable combobox with a list, as
 * WAI-ARIA's authoring practices have it. What is typed brings the first that fits; leaving the field takes it.
 */
interface Combobox {
  select: HTMLSelectElement;
  /** What is in the list. */
  label: string;
  /** In the order they are offered; of '' all. */
  search: (typed: string) => HTMLOptionElement[];
  /** Of what was found, for whom doesn't see the list. */
  count: (found: number) => string;
}

export function makeCombobox({ select, label, search, count }: Combobox): void {
  const input = fieldFor(select);
  const { list, status } = boxFor(select, input);
  list.setAttribute('aria-label', label);
  let found: HTMLOptionElement[] = [];
  let active = -1;
  let isTouched = false;

  const show = (): void => {
    input.value = select.value === '' ? '' : (select.selectedOptions[0]?.text ?? '');
    isTouched = false;
  };
  const point = (n: number): void => {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = n;
    const item = list.children[n];
    item?.setAttribute('aria-selected', 'true');
    item?.scrollIntoView({ block: 'nearest' });
    if (item) input.setAttribute('aria-activedescendant', item.id);
    else input.removeAttribute('aria-activedescendant');
  };
  const close = (): void => {
    list.hidden = true;
    status.textContent = '';
    input.setAttribute('aria-expanded', 'false');
    point(-1);
  };
  const open = (typed: string): void => {
    found = search(typed);
    active = -1;
    list.replaceChildren(
      ...found.map(({ text }, n) => {
        const item = document.createElement('li');
        item.id = `${list.id}-${n}`;
        item.setAttribute('role', 'option');
        item.setAttribute('aria-selected', 'false');
        item.textContent = text;
        return item;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    status.textContent = count(found.length);
    status.classList.toggle('visually-hidden', !list.hidden);
  };
  const choose = (value: string): void => {
    const isNew = select.value !== value;
    select.value = value;
    close();
    show();
    if (isNew) select.dispatchEvent(new Event('change', { bubbles: true }));
  };
  /** Nothing typed is nothing chosen; what fits nothing leaves all as it was. */
  const settle = (): void => {
    if (input.value.trim() === '' && isTouched) choose('');
    else if (!list.hidden && found[active]) choose(found[active]?.value ?? '');
    else {
      close();
      show();
    }
  };
  const openAll = (): void => {
    open('');
    point(found.findIndex(({ value }) => value !== '' && value === select.value));
  };

  const keys: Record<string, (event: KeyboardEvent) => void> = {
    ArrowDown: ({ altKey }) => {
      if (list.hidden) openAll();
      else if (!altKey) point((active + 1) % found.length);
      if (active < 0 && !altKey) point(0);
    },
    ArrowUp: ({ altKey }) => {
      if (altKey) settle();
      else if (list.hidden) openAll();
      else point((active <= 0 ? found.length : active) - 1);
    },
    Enter: () => settle(),
    Escape: () => {
      close();
      show();
    },
  };
  input.addEventListener('keydown', (event) => {
    const isClosed = list.hidden && status.textContent === '';
    if (event.isComposing || (isClosed && !['ArrowDown', 'ArrowUp'].includes(event.key))) return;
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]!(event);
  });
  input.addEventListener('input', () => {
    isTouched = true;
    open(input.value);
    point(input.value.trim() === '' ? -1 : 0);
  });
  input.addEventListener('click', () => list.hidden && openAll());
  input.addEventListener('blur', settle);
  // Else the field would lose the focus before the press is one.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const item = event.target instanceof Element ? event.target.closest('li') : null;
    const option = item && found[[...list.children].indexOf(item)];
    if (option) choose(option.value);
  });
  select.addEventListener('focus', () => input.focus());
  // Another script, or a draft, may have set the select.
  document.addEventListener('change', ({ target }) => {
    if (target !== input && document.activeElement !== input) show();
  });
  addEventListener('pageshow', show);
  show();
}
