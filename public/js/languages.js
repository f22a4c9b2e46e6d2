/** One select after the other, instead of all at once. Those that were chosen stay on the page. */
for (const box of document.querySelectorAll('[data-languages]')) {
  const details = box.querySelector('details');
  // A field, or a row of a language and its level.
  const rows = [...details.children].slice(1);
  const isEmpty = (row) => row.querySelector('select').value === '';

  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button-second';
  button.textContent = box.dataset.languages || 'Add another language';

  const refresh = () => {
    details.hidden = rows.every((row) => row.hidden);
    button.hidden = rows.every((row) => !row.hidden);
  };

  for (const row of rows) row.hidden = isEmpty(row);
  details.querySelector('summary').hidden = true;
  details.open = true;
  details.after(button);
  refresh();

  button.addEventListener('click', () => {
    const next = rows.find((row) => row.hidden);
    next.hidden = false;
    refresh();
    next.querySelector('select').focus();
  });
}
