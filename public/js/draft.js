/**
 * Keeps what is typed into a long form in this tab until it is saved: another tab may sign out meanwhile, and people
 * leave by mistake. Stands before the scripts that look at the form's fields. js/app.js forgets it.
 */
const form = document.querySelector('form[data-draft]');
const path = new URL(form.action).pathname;
const key = `draft:${path}`;
const { member } = document.body.dataset;

/** What a person fills in, and the marks of what the form was filled with. */
const fields = [...form.elements].filter(
  (field) =>
    field.name &&
    (field.type !== 'hidden' || 'draftMark' in field.dataset) &&
    // Stands before the script that shows them as text.
    field.type !== 'password' &&
    // What a page asks beside the form is of that page.
    !field.closest('[data-answer]'),
);
const isTick = (field) => field.type === 'checkbox' || field.type === 'radio';
/** A draft fits only a form with the same fields. */
const shape = fields.map((field) => (isTick(field) ? `${field.name}=${field.value}` : field.name)).join();
const read = () => fields.map((field) => (isTick(field) ? field.checked : field.value));
const isTyped = (field) => field.type !== 'hidden';
const differs = (some, others) => fields.some((field, n) => isTyped(field) && some[n] !== others[n]);

const store = (act) => {
  try {
    return act(sessionStorage);
  } catch {
    // Full, or switched off: then nothing is kept.
    return null;
  }
};
const keep = (sent) => store((s) => s.setItem(key, JSON.stringify({ member, shape, sent, values: read() })));
const forget = () => store((s) => s.removeItem(key));

const fill = (values) => {
  for (const [n, field] of fields.entries()) {
    if (isTick(field)) field.checked = values[n];
    else field.value = values[n];
    const details = field.closest('details');
    if (details && field.checked) details.open = true;
  }
};

const saved = read();
const draft = store((s) => JSON.parse(s.getItem(key)));
// A page that answers a form holds what was sent with it; so does one that is filled in once more.
const isAnswer =
  form.dataset.draft === 'filled' || document.querySelector('#error-summary, [data-answer]') !== null;
if (isAnswer) keep(false);
else if (draft?.shape === shape && draft.member === member && differs(draft.values, saved)) {
  fill(draft.values);
  const note = document.querySelector('[data-draft-note]');
  note.hidden = false;
  note.querySelector('button').addEventListener('click', () => {
    forget();
    location.assign(path);
  });
} else forget();

for (const type of ['input', 'change'])
  form.addEventListener(type, () => (isAnswer || differs(read(), saved) ? keep(false) : forget()));
form.addEventListener('submit', () => keep(true));
form.addEventListener('released', () => keep(false));
// "Show it as it is saved".
form.querySelector('[data-forget]')?.addEventListener('click', forget);
