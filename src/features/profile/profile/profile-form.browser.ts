import { all, need, t } from '../../../browser/index.ts';

/** Says how much room is left, as a reader counts: a family of emoji is one character. */
const segmenter =
  'Segmenter' in Intl ? new Intl.Segmenter(document.documentElement.lang, { granularity: 'grapheme' }) : null;

/** A line below a field, spoken when it changes only where it warns. */
function lineAfter(element: HTMLElement): (text: string, spoken: string) => void {
  const line = document.createElement('p');
  line.className = 'hint count';
  const warning = document.createElement('p');
  warning.className = 'visually-hidden';
  warning.setAttribute('role', 'status');
  element.after(line, warning);
  return (text, spoken) => {
    line.textContent = text;
    line.classList.toggle('count-over', spoken !== '');
    if (warning.textContent !== spoken) warning.textContent = spoken;
  };
}

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
        ? t('profile.browser.profile-form.farTooLong', { count: max * 2, max })
        : t('profile.browser.profile-form.count', { count, max });
    say(shown, count > max ? t('profile.browser.profile-form.tooLong', { max }) : '');
  };
  field.addEventListener('input', refresh);
  refresh();
}

if (segmenter) {
  for (const field of all(HTMLInputElement, '[data-count]')) countCharacters(field, segmenter);
  for (const field of all(HTMLTextAreaElement, '[data-count]')) countCharacters(field, segmenter);
}

for (const box of all(HTMLElement, '[data-choose-at-most]')) {
  const max = Number(box.dataset.chooseAtMost);
  const say = lineAfter(need(HTMLElement, '.hint', box));
  const refresh = (): void => {
    const chosen = box.querySelectorAll(':checked').length;
    const spoken = chosen > max ? t('profile.browser.profile-form.tooMany', { max }) : '';
    say(t('profile.browser.profile-form.chosen', { count: chosen, max }), spoken);
  };
  box.addEventListener('change', refresh);
  refresh();
}
