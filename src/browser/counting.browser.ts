import { all, lineAfter, t } from './index.ts';

/** Says how much room is left, as a reader counts: a family of emoji is one character. */
const segmenter =
  'Segmenter' in Intl ? new Intl.Segmenter(document.documentElement.lang, { granularity: 'grapheme' }) : null;

/** Stops at twice the room: whoever pasted a book wants an answer at once. */
function countIn(text: string, max: number, by: Intl.Segmenter): number {
  let count = 0;
  for (const _ of by.segment(text.trim())) if (++count > max * 2) break;
  return count;
}

function countCharacters(field: HTMLInputElement | HTMLTextAreaElement, by: Intl.Segmenter): void {
  const max = Number(field.dataset.count);
  const say = lineAfter(field);
  const refresh = (): void => {
    const count = countIn(field.value, max, by);
    const shown =
      count > max * 2
        ? t('web.browser.counting.farTooLong', { count: max * 2, max })
        : t('web.browser.counting.count', { count, max });
    say(shown, count > max ? t('web.browser.counting.tooLong', { max }) : '');
  };
  field.addEventListener('input', refresh);
  refresh();
}

if (segmenter) {
  for (const field of all(HTMLInputElement, '[data-count]')) countCharacters(field, segmenter);
  for (const field of all(HTMLTextAreaElement, '[data-count]')) countCharacters(field, segmenter);
}
