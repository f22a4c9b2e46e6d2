import { find, need, t } from '../index.ts';
import { sayState } from './message-item.ts';
import type { Waiting } from '../unsent/queue.ts';

/** What was written, before the site has shown it: the page's own blank message, filled in. */
export function pendingItem({ clientId, text, language, at }: Waiting): HTMLLIElement {
  const blank = need(HTMLTemplateElement, '#message-template');
  const item = need(HTMLLIElement, 'li', document.importNode(blank.content, true));
  item.id = `p-${clientId}`;
  item.classList.add('pending');
  item.dataset.client = clientId;
  delete item.dataset.seq;
  const words = need(HTMLElement, '.written', item);
  need(HTMLElement, 'span', words).textContent = text;
  if (language) words.lang = language;
  const time = need(HTMLTimeElement, 'time', item);
  time.dateTime = new Date(at).toISOString();
  time.dataset.shape = 'time';
  sayState(item, t('chat.browser.conversation.sending'));
  return item;
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button-link';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}

interface Choice {
  again: () => void;
  forget: () => void;
}

/** It was not taken: what its author may do now. */
export function showRefused(item: HTMLElement, says: string, { again, forget }: Choice): void {
  sayState(item, t('chat.browser.conversation.notSent'));
  item.classList.add('refused');
  find(HTMLElement, '.message-refused', item)?.remove();
  const line = document.createElement('p');
  line.className = 'message-refused';
  const why = document.createElement('span');
  why.textContent = says;
  line.append(
    why,
    ' ',
    button(t('chat.browser.conversation.again'), () => {
      line.remove();
      item.classList.remove('refused');
      sayState(item, t('chat.browser.conversation.sending'));
      again();
    }),
    ' ',
    button(t('chat.browser.conversation.delete'), () => {
      item.remove();
      forget();
    }),
  );
  need(HTMLElement, '.message-facts', item).after(line);
}
