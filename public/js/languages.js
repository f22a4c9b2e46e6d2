/** One select after the other, instead of all at once. Those that were chosen stay on the page, and can be taken away. */
for (const box of document.querySelectorAll('[data-languages]')) {
  const details = box.querySelector('details');
  // A field, or a row of a language and its level. The first is always there.
  const more = [...details.children].slice(1);
  const rows = [details.previousElementSibling, ...more];
  const selectsOf = (row) => [...row.querySelectorAll('select')];
  const shown = () => rows.filter((row) => !row.hidden);

  const add = document.createElement('button');
  add.type = 'button';
  add.className = 'button-second';
  add.textContent = box.dataset.languages || 'Add another language';

  const refresh = () => {
    details.hidden = more.every((row) => row.hidden);
    add.hidden = more.every((row) => !row.hidden);
    const only = shown().length === 1;
    for (const row of rows) row.querySelector('.remove-row').hidden = only;
  };

  /** Takes a language away with its level; those below move up, so that no row stays empty in the middle. */
  const remove = (row) => {
    const below = shown().slice(shown().indexOf(row));
    for (const [n, here] of below.entries()) {
      const next = below[n + 1];
      for (const [k, select] of selectsOf(here).entries())
        select.value = next ? selectsOf(next)[k].value : '';
    }
    below.at(-1).hidden = true;
    refresh();
    if (row.hidden) add.focus();
    else selectsOf(row)[0].focus();
    box.dispatchEvent(new Event('change', { bubbles: true }));
  };

  for (const row of rows) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button-link remove-row';
    const what = document.createElement('span');
    what.className = 'visually-hidden';
    // "Also learning (2 of 4, optional)" → "Also learning 2"
    const name = row.querySelector('label').textContent.replace(/ \((\d*).*\)$/, ' $1');
    what.textContent = ` ${name.trim()}`;
    button.append('Remove', what);
    button.addEventListener('click', () => remove(row));
    row.append(button);
  }

  for (const row of more) row.hidden = selectsOf(row)[0].value === '' && !row.querySelector('.field-error');
  details.querySelector('summary').hidden = true;
  details.open = true;
  details.after(add);
  refresh();

  add.addEventListener('click', () => {
    const next = more.find((row) => row.hidden);
    next.hidden = false;
    refresh();
    selectsOf(next)[0].focus();
  });
}
