import { all, need, said, t } from '../../../browser/index.ts';

/** Copies the address of somebody's page. Without a script, or where nothing may be copied, there is no such button. */
for (const button of all(HTMLButtonElement, '[data-copy]')) {
  const word = need(HTMLElement, '[data-copy-word]', button);
  button.hidden = !('clipboard' in navigator);
  word.setAttribute('role', 'status');
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(new URL(said(button, 'copy'), location.href).href).then(
      () => (word.textContent = t('profile.browser.copy-link.done')),
      () => (word.textContent = t('profile.browser.copy-link.failed')),
    );
  });
}
