/** What a field is called and what is wrong with it goes from the select to whom takes its place. */
const taken = ['id', 'aria-describedby', 'aria-invalid', 'required'];

/** Without a name: the form sends the select. */
export function fieldFor(select: HTMLSelectElement): HTMLInputElement {
  const input = document.createElement('input');
  for (const name of taken) {
    const value = select.getAttribute(name);
    if (value === null) continue;
    input.setAttribute(name, value);
    select.removeAttribute(name);
  }
  const attributes = {
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': `${input.id}-list`,
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  if (select.lang) input.lang = select.lang;
  input.placeholder = select.options[0]?.value === '' ? select.options[0].text : '';
  return input;
}

export function boxFor(select: HTMLSelectElement, input: HTMLInputElement) {
  const box = document.createElement('div');
  box.className = 'combobox';
  const list = document.createElement('ul');
  list.id = `${input.id}-list`;
  list.setAttribute('role', 'listbox');
  if (input.lang) list.lang = input.lang;
  // Chromium lets the Tab key stop at whatever scrolls.
  list.tabIndex = -1;
  list.hidden = true;
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  select.replaceWith(box);
  box.append(select, input, list, status);
  // It still is what the form sends, what a draft keeps, and what other scripts set.
  select.classList.add('visually-hidden');
  select.tabIndex = -1;
  select.setAttribute('aria-hidden', 'true');
  return { list, status };
}
