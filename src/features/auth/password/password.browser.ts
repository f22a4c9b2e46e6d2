import { all, said, t } from '../../../browser/index.ts';

/** A button in every password field that shows what was typed. */
for (const input of all(HTMLInputElement, 'input[data-show]')) {
  const box = document.createElement('div');
  box.className = 'reveal';
  // Moving it takes the focus away, which a field that is wrong has.
  const hadFocus = document.activeElement === input;
  input.replaceWith(box);

  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-controls', input.id);
  box.append(input, button);
  if (hadFocus) input.focus();

  const show = (visible: boolean): void => {
    input.type = visible ? 'text' : 'password';
    const act = visible ? 'hide' : 'show';
    button.textContent = t(`auth.browser.password.${act}`);
    button.setAttribute('aria-label', said(input, act));
  };
  show(false);
  button.addEventListener('click', () => show(input.type === 'password'));
  // Browsers remember what stood in ordinary text fields, so a password never leaves as one.
  input.form?.addEventListener('submit', () => show(false));
}
