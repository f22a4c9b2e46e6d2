import { all, fetchJson, find, need, poll, said, t } from '../../../browser/index.ts';
import { findCode } from '../../../kernel/one-time-code.ts';

interface Resend {
  state: string;
  seconds: number;
  text: string;
}

interface Status {
  delivery: string;
  text: string;
  expiresInSeconds: number;
  resend: Resend;
}

const page = need(HTMLElement, '[data-code-page]');
const input = need(HTMLInputElement, '#code');
/** Often while most messages leave, then seldom: a mail server may ask us to wait for ten minutes. */
const POLL_MS = 2000;
const OFTEN_MS = 60_000;
const SELDOM_MS = 10_000;
const POLL_FOR_MS = 720_000;
const DIGITS = 6;

/** "Your code is 123456" pasted whole leaves the six digits; the form is sent by its button only. */
input.addEventListener('paste', (event) => {
  const code = findCode(event.clipboardData?.getData('text') ?? '', DIGITS);
  if (code === null) return;
  event.preventDefault();
  input.value = code;
});

const resend = need(HTMLElement, '[data-resend]');
const button = find(HTMLButtonElement, 'button', resend);
const line = need(HTMLElement, '[data-resend-text]', resend);
let ticking: ReturnType<typeof setInterval> | undefined;

/** The button tells its own waiting time and wakes up when it is over. A deadline, because timers sleep in hidden tabs. */
function showResend({ state, seconds, text }: Resend): void {
  clearInterval(ticking);
  line.textContent = text;
  if (!button?.form) return;
  button.form.hidden = state === 'spent';
  const wait = need(HTMLElement, '[data-resend-wait]', resend);
  const wakeAt = performance.now() + seconds * 1000;

  const tick = (): void => {
    const left = state === 'waiting' ? Math.ceil((wakeAt - performance.now()) / 1000) : 0;
    if (left > 0) {
      button.setAttribute('aria-disabled', 'true');
      const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
      wait.textContent = t('auth.browser.code.wait', { time });
      return;
    }
    clearInterval(ticking);
    button.removeAttribute('aria-disabled');
    wait.textContent = '';
    if (state !== 'waiting') return;
    line.textContent = t('auth.browser.code.ready');
    need(HTMLElement, '[data-resend-live]', resend).textContent = t('auth.browser.code.ready');
  };
  tick();
  if (state === 'waiting') ticking = setInterval(tick, 250);
}

button?.form?.addEventListener(
  'submit',
  (event) => {
    if (button.getAttribute('aria-disabled') !== 'true') return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  { capture: true },
);

showResend({
  state: said(resend, 'resendState'),
  seconds: Number(said(resend, 'resendSeconds')),
  text: line.textContent ?? '',
});

/** A page that has been left open turns into the one that says so, unless a code is on its way from it. */
let expiring: ReturnType<typeof setTimeout> | undefined;
function expireIn(seconds: number): void {
  clearTimeout(expiring);
  if (seconds > 0) expiring = setTimeout(() => location.replace(said(page, 'path')), seconds * 1000);
}
expireIn(Number(page.dataset.expiresSeconds));
page.addEventListener('submit', () => clearTimeout(expiring));

function showDelivery({ delivery, text }: Status): void {
  page.dataset.delivery = delivery;
  for (const icon of all(HTMLElement, '[data-delivery-icon]', page))
    icon.hidden = icon.dataset.deliveryIcon !== delivery;
  const shown = find(HTMLElement, '[data-delivery-text]', page);
  if (shown && shown.textContent !== text) shown.textContent = text;
}

/** While the message is on its way, asks how it went; once the sign-up is over, the page stays as it is. */
await poll({
  isWanted: () => page.dataset.delivery === 'queued',
  pauseMs: (age) => (age > OFTEN_MS ? SELDOM_MS : POLL_MS),
  forMs: POLL_FOR_MS,
  ask: async () => {
    const status = await fetchJson<Status>(said(page, 'statusUrl'));
    showDelivery(status);
    expireIn(status.expiresInSeconds);
    if (status.delivery !== 'queued') showResend(status.resend);
  },
});
