import { t } from '../index.ts';

/** Says that something is missing, until it is there: a hole is never silent. */
export function gapNotice(list: HTMLElement, again: () => void) {
  const notice = document.createElement('p');
  const button = document.createElement('button');
  notice.className = 'messages-gap';
  notice.setAttribute('role', 'status');
  button.type = 'button';
  button.className = 'button-link';
  button.addEventListener('click', again);
  list.after(notice);
  return (isOpen: boolean): void => {
    if (!isOpen) return notice.replaceChildren();
    button.textContent = t('chat.browser.conversation.again');
    notice.replaceChildren(t('chat.browser.conversation.gap'), ' ', button);
  };
}
