/** One select after the other, instead of four at once. Those that were chosen stay on the page. */
const box = document.querySelector('[data-languages]');
const details = box?.querySelector('details');

if (details) {
  const fields = [...details.querySelectorAll('.field')];
  const isEmpty = (field) => field.querySelector('select').value === '';

  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button-second';
  button.textContent = 'Add another language';

  const refresh = () => {
    details.hidden = fields.every((field) => field.hidden);
    button.hidden = fields.every((field) => !field.hidden);
  };

  for (const field of fields) field.hidden = isEmpty(field);
  details.querySelector('summary').hidden = true;
  details.open = true;
  details.after(button);
  refresh();

  button.addEventListener('click', () => {
    const next = fields.find((field) => field.hidden);
    next.hidden = false;
    refresh();
    next.querySelector('select').focus();
  });
}
