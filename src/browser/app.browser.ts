import { currentMember, find, holdForms, keepUnsent, showTimes, tidyDrafts } from './index.ts';

/**
 * Whoever sent a form with mistakes meets the list of them first, or what is to be decided, or the one field that is
 * wrong. The page is the answer to a form: leading back to it later must ask for the page anew, not for the form to be
 * sent again.
 */
function meetAnswer(): boolean {
  const answer =
    find(HTMLElement, '#error-summary') ??
    find(HTMLElement, '[data-answer]') ??
    find(HTMLElement, 'main [aria-invalid="true"]');
  answer?.focus();
  if (answer) history.replaceState(null, '', location.href);
  return answer !== null;
}

/** What happened: screen readers do not speak what is on a page from its start, unless it has the focus. */
function speakFlash(isAnswer: boolean): void {
  const flash = find(HTMLElement, '[data-flash]');
  const firstField = find(HTMLElement, '[autofocus]');
  if (flash && firstField) {
    // Whoever is to type a code goes on typing; the word comes with the field.
    flash.id = 'flash';
    const described = firstField.getAttribute('aria-describedby') ?? '';
    firstField.setAttribute('aria-describedby', `flash ${described}`);
  } else if (!isAnswer) flash?.focus();
}

speakFlash(meetAnswer());
const noCookies = find(HTMLElement, '[data-no-cookies]');
if (noCookies) noCookies.hidden = navigator.cookieEnabled;
holdForms();
showTimes();
tidyDrafts();
keepUnsent(currentMember());
