interface Places {
  /** Names the line that a script shows its error in. */
  error: HTMLElement;
  text: HTMLElement;
}

/** What the list on top says of the field: the new error in the place of the old one. */
function sayOnTop(field: HTMLElement, text: string): void {
  const summary = document.getElementById('error-summary');
  const line = summary?.querySelector(`a[href="#${field.id}"]`);
  if (!line) return;
  line.textContent = text;
  if (text) return;
  const list = line.closest('ul');
  line.closest('li')?.remove();
  if (list?.children.length === 0) summary?.remove();
}

/** The error of a field, as the site itself shows it; '' takes it away. */
export function sayOfField(field: HTMLInputElement, { error, text: line }: Places, text: string): void {
  sayOnTop(field, text);
  document.getElementById(`${field.id}-error`)?.remove();
  error.hidden = text === '';
  line.textContent = text;
  field.closest('.field')?.classList.toggle('field-invalid', text !== '');
  // "false" would be praise: the browser has not judged what was chosen.
  if (text) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
  const hint = `${field.id}-hint`;
  field.setAttribute('aria-describedby', text ? `${hint} ${error.id}` : hint);
}
