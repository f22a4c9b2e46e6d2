import { all, find } from '../../../browser/index.ts';

/** A beginning of a sentence goes into the text at once; without this the page comes back with it. */
const field = find(HTMLTextAreaElement, 'textarea[name="bio"]');

for (const button of all(HTMLButtonElement, 'button[data-starter]'))
  button.addEventListener('click', (event) => {
    if (!field) return;
    event.preventDefault();
    const before = field.value.trimEnd();
    field.value = `${before}${before && '\n'}${button.textContent.trim().replace(/\s*…$/u, '')} `;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
