/**
 * Whoever sent a form with mistakes meets the list of them first. The page is the answer to a form: leading back to it
 * later must ask for the page anew, not for the form to be sent again.
 */
const mistakes = document.getElementById('error-summary');
mistakes?.focus();
if (mistakes) history.replaceState(null, '', location.href);

/** A second click on a form that is already on its way does nothing. */
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    const button = form.querySelector('button[type="submit"]');
    if (!button || !form.dataset.busy) return;
    button.dataset.label = button.textContent;
    button.textContent = form.dataset.busy;
  });
}

/** Back from another page, out of the browser's memory: the forms can be sent again. */
window.addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    const button = form.querySelector('button[data-label]');
    if (button) button.textContent = button.dataset.label;
  }
});

/** A row of tabs that is wider than the page shows the one that is open. */
const tabs = document.querySelector('.settings-nav');
const open = tabs?.querySelector('[aria-current="page"]');
if (open) tabs.scrollLeft = open.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - open.offsetWidth) / 2;
