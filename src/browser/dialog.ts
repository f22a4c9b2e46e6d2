/** Closes at its own button, and at a press beside what it holds. */
export function closable(dialog: HTMLDialogElement): void {
  dialog.querySelector('[data-close]')?.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
}
