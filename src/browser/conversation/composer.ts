import { find, lineAfter, need, release, t } from '../index.ts';

/** From which part of the room on it is counted. */
const COUNTED_FROM = 0.9;
const MOST_ROWS = 6;

export interface Written {
  text: string;
  language: string;
  answers: string;
}

const { lang } = document.documentElement;
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(lang, { granularity: 'grapheme' }) : null;

/** As a reader counts; no more than what can be too much. */
function countIn(text: string): number {
  let count = 0;
  for (const _ of segmenter?.segment(text) ?? text) count++;
  return count;
}

/** Grown to what it holds, where styles can't. */
function growing(field: HTMLTextAreaElement): () => void {
  if (CSS.supports('field-sizing', 'content')) return () => {};
  return () => {
    field.rows = 1;
    while (field.rows < MOST_ROWS && field.scrollHeight > field.clientHeight) field.rows++;
  };
}

/** Enter sends where there is a keyboard; never while a sign is being put together (Japanese, Chinese, Korean). */
function sendsAt({ key, shiftKey, ctrlKey, altKey, metaKey, isComposing, keyCode }: KeyboardEvent): boolean {
  if (key !== 'Enter' || shiftKey || ctrlKey || altKey || metaKey) return false;
  return !isComposing && keyCode !== 229 && matchMedia('(any-pointer: fine)').matches;
}

function answered(form: HTMLFormElement): string {
  return find(HTMLInputElement, '[name="answers"]', form)?.value ?? '';
}

/** The form that sends. */
export function composer(form: HTMLFormElement, send: (written: Written) => void): HTMLTextAreaElement {
  const field = need(HTMLTextAreaElement, '#text', form);
  const most = Number(field.dataset.count);
  const say = lineAfter(field);
  const grow = growing(field);
  const count = (): number => {
    const { length } = field.value.trim();
    // No grapheme is shorter than one unit.
    const counted = length < most * COUNTED_FROM ? 0 : countIn(field.value.trim());
    const isNear = counted >= most * COUNTED_FROM;
    const isOver = counted > most;
    say(
      isNear ? t('chat.browser.conversation.count', { count: counted, max: most }) : '',
      isOver ? t('chat.browser.conversation.tooLong', { max: most }) : '',
    );
    return counted;
  };
  const refresh = (): void => {
    grow();
    count();
  };
  const answersNothing = (): void => {
    find(HTMLElement, '.composer-answers', form)?.remove();
    if (location.search) history.replaceState(null, '', location.pathname);
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    release(form);
    const text = field.value.trim();
    if (text === '' || count() > most) return field.focus();
    const language = find(HTMLSelectElement, '[name="language"]', form)?.value ?? '';
    send({ text, language, answers: answered(form) });
    return answersNothing();
  });
  field.addEventListener('keydown', (event) => {
    if (!sendsAt(event)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  field.addEventListener('input', refresh);
  field.addEventListener('grown', refresh);
  // What pages without a script look with.
  const look = find(HTMLButtonElement, 'button[name="do"]', form);
  if (look) look.hidden = true;
  refresh();
  return field;
}
