import { t } from '../index.ts';

/** "2 new messages ↓", where somebody reads further up. */
export function newerButton(list: HTMLElement, toLatest: () => void) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'messages-newer';
  button.hidden = true;
  list.after(button);
  let count = 0;
  const show = (now: number): void => {
    count = now;
    button.hidden = count === 0;
    button.textContent = `${t('chat.browser.conversation.newer', { count })} ↓`;
  };
  button.addEventListener('click', () => {
    toLatest();
    show(0);
  });
  return { add: (): void => show(count + 1), clear: (): void => show(0) };
}
