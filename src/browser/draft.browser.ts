import { currentMember, draftOf, find, forgetDraft, keepDraft, need } from './index.ts';

/** Keeps what is typed into a long form. Stands before the scripts that look at the form's fields. */
type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Values = (string | boolean)[];

const form = need(HTMLFormElement, 'form[data-draft]');
const path = new URL(form.action).pathname;

function isField(element: Element): element is Field {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement
  );
}

/** What a person fills in, and the marks of what the form was filled with. */
const fields = [...form.elements].filter(isField).filter(
  (field) =>
    field.name &&
    (field.type !== 'hidden' || 'draftMark' in field.dataset) &&
    // Stands before the script that shows them as text.
    field.type !== 'password' &&
    // What a page asks beside the form is of that page.
    !field.closest('[data-answer]'),
);

function isTick(field: Field): field is HTMLInputElement {
  return field.type === 'checkbox' || field.type === 'radio';
}

const shape = fields.map((field) => (isTick(field) ? `${field.name}=${field.value}` : field.name)).join();

function read(): Values {
  return fields.map((field) => (isTick(field) ? field.checked : field.value));
}

function differs(some: Values, others: Values): boolean {
  return fields.some((field, n) => field.type !== 'hidden' && some[n] !== others[n]);
}

function keep(sent: boolean): void {
  keepDraft(path, { member: currentMember(), shape, sent, values: read() });
}

function fill(values: Values): void {
  for (const [n, field] of fields.entries()) {
    if (isTick(field)) field.checked = values[n] === true;
    else field.value = String(values[n]);
    const details = field.closest('details');
    if (details && isTick(field) && field.checked) details.open = true;
  }
}

const saved = read();
const draft = draftOf(path);
// A page that answers a form holds what was sent with it; so does one that is filled in once more.
const isAnswer =
  form.dataset.draft === 'filled' || document.querySelector('#error-summary, [data-answer]') !== null;
if (isAnswer) keep(false);
else if (draft?.shape === shape && draft.member === currentMember() && differs(draft.values, saved)) {
  fill(draft.values);
  const note = need(HTMLElement, '[data-draft-note]');
  note.hidden = false;
  need(HTMLButtonElement, 'button', note).addEventListener('click', () => {
    forgetDraft(path);
    location.assign(path);
  });
} else forgetDraft(path);

for (const type of ['input', 'change'])
  form.addEventListener(type, () => (isAnswer || differs(read(), saved) ? keep(false) : forgetDraft(path)));
form.addEventListener('submit', () => keep(true));
form.addEventListener('released', () => keep(false));
// "Show it as it is saved".
find(HTMLElement, '[data-forget]', form)?.addEventListener('click', () => forgetDraft(path));
