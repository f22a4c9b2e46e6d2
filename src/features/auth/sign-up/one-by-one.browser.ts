import { all, need, said } from '../../../browser/index.ts';

/**
 * Selects one below the other, in the order a person wants, instead of one list of which several are chosen. Stands before
 * js/draft.js, which keeps what the form's fields hold.
 */
for (const template of all(HTMLTemplateElement, 'template[data-one-by-one]')) {
  const list = need(HTMLElement, '.field-several', template.parentElement ?? document);
  const source = need(HTMLSelectElement, `#${said(template, 'oneByOne')}`);
  const named = [...source.options].filter(({ value }) => value !== '');
  // "Allemand" → "Allemand · Deutsch" → de
  const codeOf = (name: string) =>
    named.find(({ text }) => `${text} · `.startsWith(`${name} · `))?.value ?? [];
  const chosen = [...need(HTMLSelectElement, 'select', list).selectedOptions].flatMap(({ text }) =>
    codeOf(text),
  );
  // The server knows the order. A browser that comes back to the page may have kept another choice.
  const ordered = all(HTMLSelectElement, 'select', template.content)
    .map(({ value }) => value)
    .filter((value) => chosen.includes(value));
  const details = need(HTMLDetailsElement, 'details', template.content);
  const first = need(HTMLElement, '.field', details);
  const labels = said(details, 'labels').split('|');
  for (const [n, text] of labels.entries()) {
    if (details.querySelectorAll('.field').length > n) continue;
    const field = document.importNode(first, true);
    const [label, select] = [
      need(HTMLLabelElement, 'label', field),
      need(HTMLSelectElement, 'select', field),
    ];
    label.htmlFor = select.id = `${list.querySelector('select')!.id}-${n + 1}`;
    label.textContent = text;
    details.append(field);
  }
  const selects = all(HTMLSelectElement, 'select', template.content);
  const values = [...ordered, ...chosen.filter((value) => !ordered.includes(value))];
  for (const [n, select] of selects.entries()) {
    select.length = 1;
    select.append(...named.map(({ text, value }) => new Option(text, value)));
    select.value = values[n] ?? '';
  }
  list.remove();
  template.replaceWith(template.content);
}
