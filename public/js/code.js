const page = document.querySelector('[data-code-page]');
const input = document.getElementById('code');
/** Often while most messages leave, then seldom: a mail server may ask us to wait for ten minutes. */
const POLL_MS = 2000;
const OFTEN_MS = 60_000;
const SELDOM_MS = 10_000;
const POLL_FOR_MS = 720_000;

const isDigit = (codePoint) => /^\p{Nd}$/u.test(String.fromCodePoint(codePoint));

/** The digits of a script stand together in Unicode, 0 to 9. */
function valueOf(digit) {
  const codePoint = digit.codePointAt(0);
  let first = codePoint;
  while (isDigit(first - 1)) first--;
  return String((codePoint - first) % 10);
}

/** The one code of six digits in a text, as the server reads it (src/kernel/one-time-code.ts); null when there is none. */
function codeIn(pasted) {
  const text = pasted
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFKC')
    .replace(/(?![0-9])\p{Nd}/gu, valueOf);
  const only = /[\p{L}\p{M}]/u.test(text) ? '' : text.replace(/\D/g, '');
  if (only.length === 6) return only;
  const runs = text.replace(/(?<=\d)(?:[\s.\u00B7\p{Pd}\u2212]+|[,_])(?=\d)/gu, '').match(/\d+/g) ?? [];
  const codes = new Set(runs.filter((run) => run.length === 6));
  return codes.size === 1 ? [...codes][0] : null;
}

/** "Your code is 123456" pasted whole leaves the six digits; the form is sent by its button only. */
input.addEventListener('paste', (event) => {
  const code = codeIn(event.clipboardData?.getData('text') ?? '');
  if (code === null) return;
  event.preventDefault();
  input.value = code;
});

const resend = page.querySelector('[data-resend]');
const resendButton = resend.querySelector('button');
const resendText = resend.querySelector('[data-resend-text]');
const resendWait = resend.querySelector('[data-resend-wait]');
const resendLive = resend.querySelector('[data-resend-live]');
let ticking;

/** The button tells its own waiting time and wakes up when it is over. A deadline, because timers sleep in hidden tabs. */
function showResend({ state, seconds, text }) {
  clearInterval(ticking);
  resendText.textContent = text;
  if (!resendButton) return;
  resendButton.closest('form').hidden = state === 'spent';
  const wakeAt = performance.now() + seconds * 1000;

  const tick = () => {
    const left = state === 'waiting' ? Math.ceil((wakeAt - performance.now()) / 1000) : 0;
    if (left > 0) {
      resendButton.setAttribute('aria-disabled', 'true');
      resendWait.textContent = `in ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
      return;
    }
    clearInterval(ticking);
    resendButton.removeAttribute('aria-disabled');
    resendWait.textContent = '';
    if (state !== 'waiting') return;
    resendText.textContent = resend.dataset.readyText;
    resendLive.textContent = resend.dataset.readyText;
  };
  tick();
  if (state === 'waiting') ticking = setInterval(tick, 250);
}

resendButton?.closest('form').addEventListener(
  'submit',
  (event) => {
    if (resendButton.getAttribute('aria-disabled') !== 'true') return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  { capture: true },
);

showResend({
  state: resend.dataset.resendState,
  seconds: Number(resend.dataset.resendSeconds),
  text: resendText.textContent,
});

/** A page that has been left open turns into the one that says so, unless a code is on its way from it. */
let expiring;
function expireIn(seconds) {
  clearTimeout(expiring);
  if (seconds > 0) expiring = setTimeout(() => location.replace(page.dataset.path), seconds * 1000);
}
expireIn(Number(page.dataset.expiresSeconds));
page.addEventListener('submit', () => clearTimeout(expiring));

function showDelivery({ delivery, text }) {
  page.dataset.delivery = delivery;
  for (const icon of page.querySelectorAll('[data-delivery-icon]')) {
    icon.hidden = icon.dataset.deliveryIcon !== delivery;
  }
  const line = page.querySelector('[data-delivery-text]');
  if (!line) return;
  if (line.textContent !== text) line.textContent = text;
}

/** While the message is on its way, asks how it went. A failed question is asked again. */
async function followDelivery(since) {
  const age = performance.now() - since;
  if (page.dataset.delivery !== 'queued' || age > POLL_FOR_MS) return;
  await new Promise((resolve) => setTimeout(resolve, age > OFTEN_MS ? SELDOM_MS : POLL_MS));
  try {
    const answer = await fetch(page.dataset.statusUrl, {
      headers: { Accept: 'application/json' },
      redirect: 'error',
    });
    if (answer.ok) {
      const status = await answer.json();
      showDelivery(status);
      expireIn(status.expiresInSeconds);
      if (status.delivery !== 'queued') showResend(status.resend);
    }
  } catch {
    // Offline for a moment, or the sign-up is over: the page stays as it is.
  }
  await followDelivery(since);
}

await followDelivery(performance.now());
