/**
 * Whoever sent a form with mistakes meets the list of them first, or what is to be decided, or the one field that is
 * wrong. The page is the answer to a form: leading back to it later must ask for the page anew, not for the form to be
 * sent again.
 */
const answer =
  document.getElementById('error-summary') ??
  document.querySelector('[data-answer]') ??
  document.querySelector('main [aria-invalid="true"]');
answer?.focus();
if (answer) history.replaceState(null, '', location.href);

/** What happened: screen readers do not speak what is on a page from its start, unless it has the focus. */
const flash = document.querySelector('[data-flash]');
const firstField = document.querySelector('[autofocus]');
if (flash && firstField) {
  // Whoever is to type a code goes on typing; the word comes with the field.
  flash.id = 'flash';
  firstField.setAttribute('aria-describedby', `flash ${firstField.getAttribute('aria-describedby') ?? ''}`);
} else if (!answer) flash?.focus();

const noCookies = document.querySelector('[data-no-cookies]');
if (noCookies) noCookies.hidden = navigator.cookieEnabled;

/** The form can be sent again; its own scripts hear of it. */
const release = (form) => {
  if (!form.dataset.sent) return;
  delete form.dataset.sent;
  const button = form.querySelector('button[data-label]');
  if (button) button.textContent = button.dataset.label;
  form.dispatchEvent(new Event('released'));
};
const releaseAll = () => {
  for (const form of document.querySelectorAll('form[data-sent]')) release(form);
};

/** Where the browser does not say that it was stopped, a form is held no longer than an impatient person waits. */
const HELD_MS = 8000;

/** A second click on a form that is already on its way does nothing. */
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    // What a script sends by itself (js/upload.js) is released by it.
    if (!('navigation' in window)) setTimeout(() => event.defaultPrevented || release(form), HELD_MS);
    const button = form.querySelector('button[type="submit"]');
    if (!button || !form.dataset.busy) return;
    button.dataset.label = button.textContent;
    button.textContent = form.dataset.busy;
  });
}

/** Stopped, or broken off, with nothing else on its way: the page is still here. */
let latest;
window.navigation?.addEventListener('navigate', (navigation) => {
  latest = navigation;
  navigation.signal.addEventListener('abort', () => setTimeout(() => navigation === latest && releaseAll()));
});

/** Back from another page, out of the browser's memory. */
window.addEventListener('pageshow', (event) => event.persisted && releaseAll());

/** Times in the zone of whoever reads; without scripts they are in UTC, and say so. */
const shapes = {
  moment: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }),
  day: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }),
};
const showTimes = () => {
  for (const time of document.querySelectorAll('time[data-shape]')) {
    time.textContent = shapes[time.dataset.shape].format(new Date(time.dateTime));
    delete time.dataset.shape;
  }
};
showTimes();
document.addEventListener('times', showTimes);

/**
 * What was typed into a long form and not saved waits in this tab (js/draft.js). It is forgotten once its form was saved,
 * when its person signs out here, and when somebody else signs in.
 */
const drafts = () => {
  try {
    return Object.keys(sessionStorage)
      .filter((key) => key.startsWith('draft:'))
      .map((key) => ({ key, path: key.slice('draft:'.length), ...JSON.parse(sessionStorage.getItem(key)) }));
  } catch {
    return [];
  }
};
const member = document.body.dataset.member;
for (const { key, path, sent, ...draft } of drafts()) {
  const isElsewhere = location.pathname !== path && location.pathname !== '/login';
  if ((sent && isElsewhere) || (member && member !== draft.member)) sessionStorage.removeItem(key);
  else if (sent) sessionStorage.setItem(key, JSON.stringify({ ...draft, sent: false }));
}
document.querySelector('form[action="/logout"]')?.addEventListener('submit', () => {
  for (const { key } of drafts()) sessionStorage.removeItem(key);
});
for (const notice of document.querySelectorAll('[data-kept-for]'))
  if (drafts().some(({ path }) => path === notice.dataset.keptFor))
    notice.querySelector('[data-kept]').hidden = false;
