const page = document.querySelector('[data-code-page]');
const input = document.getElementById('code');
const POLL_MS = 2000;
const POLL_FOR_MS = 60_000;

/** "Your code is 123456" pasted whole leaves the six digits; the form is sent by its button only. */
input.addEventListener('paste', (event) => {
  const text = event.clipboardData?.getData('text') ?? '';
  const codes = text.replace(/(\d{3})[\s-](\d{3})/g, '$1$2').match(/(?<!\d)\d{6}(?!\d)/g) ?? [];
  if (new Set(codes).size !== 1) return;
  event.preventDefault();
  input.value = codes[0];
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
async function followDelivery(until) {
  if (page.dataset.delivery !== 'queued' || performance.now() > until) return;
  await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  try {
    const answer = await fetch(page.dataset.statusUrl, {
      headers: { Accept: 'application/json' },
      redirect: 'error',
    });
    if (answer.ok) {
      const status = await answer.json();
      showDelivery(status);
      if (status.delivery !== 'queued') showResend(status.resend);
    }
  } catch {
    // Offline for a moment, or the sign-up is over: the page stays as it is.
  }
  await followDelivery(until);
}

await followDelivery(performance.now() + POLL_FOR_MS);
