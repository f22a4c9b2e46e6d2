import { t } from '../index.ts';
import type { Reach } from '../live/live.ts';

const PATIENCE_MS = 1_500;
const BACK_FOR_MS = 3_000;

/** Says that nobody answers, and that it is over. */
export function connectionBanner(banner: HTMLElement): (reach: Reach) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (text: string): void => {
    banner.textContent = text;
    banner.classList.toggle('connection-shown', text !== '');
  };
  return (reach) => {
    clearTimeout(timer);
    const isShown = banner.textContent !== '';
    if (reach === 'none')
      timer = setTimeout(
        () => show(t('chat.browser.conversation.offline')),
        isShown || !navigator.onLine ? 0 : PATIENCE_MS,
      );
    else if (isShown) {
      show(t('chat.browser.conversation.online'));
      timer = setTimeout(() => show(''), BACK_FOR_MS);
    }
  };
}
