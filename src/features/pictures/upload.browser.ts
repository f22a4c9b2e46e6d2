import { all, fetchPart, find, need, release, said, sayOfField, send, t } from '../../browser/index.ts';

/** Shows a picture before it is sent, and how far it is on its way. Without this the form is sent as any other. */
const FORM = 'form[data-upload]';

interface Answer {
  to?: string;
  errors?: { text: string }[];
  error?: { message: string };
}

/** What a file begins with, as text: neither its name nor its type, which is a guess from the name, says what it is. */
const beginnings = {
  // Most browsers cannot show HEIC, and old ones no AVIF: that says nothing against the picture.
  unseen: /^[^]{4}ftyp[^]{0,200}(mif[12]|miaf|hei[cxms]|avif)/,
  seen: /^(\xff\xd8\xff|\x89PNG|RIFF[^]{4}WEBP)/,
};

async function beginningOf(file: File): Promise<string> {
  return String.fromCharCode(...new Uint8Array(await file.slice(0, 256).arrayBuffer()));
}

function tooLarge(field: HTMLInputElement, file: File | undefined): string {
  const max = Number(said(field, 'maxBytes'));
  return file && file.size > max
    ? t('pictures.browser.upload.tooLarge', { megabytes: max / 1024 / 1024 })
    : '';
}

/** Shows the chosen picture, or says what is wrong with it. */
function preview(form: HTMLFormElement, field: HTMLInputElement, say: (text: string) => void): void {
  const box = need(HTMLElement, '[data-preview]', form);
  const note = need(HTMLElement, '[data-upload-note]', form);
  const picture = document.createElement('img');
  picture.alt = t('pictures.browser.upload.chosen');
  box.append(picture);

  field.addEventListener('change', () => {
    const file = field.files?.[0];
    say(tooLarge(field, file));
    note.textContent = '';
    box.hidden = true;
    if (!file || tooLarge(field, file)) return;
    // A data: address, since the site's own rules allow no blob: pictures.
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      if (file === field.files?.[0]) picture.src = reader.result as string;
    });
    reader.readAsDataURL(file);
  });
  picture.addEventListener('load', () => {
    box.hidden = false;
  });
  picture.addEventListener('error', async () => {
    box.hidden = true;
    const file = field.files?.[0];
    if (!file) return;
    const beginning = await beginningOf(file).catch(() => '');
    // Another one was chosen meanwhile.
    if (file !== field.files?.[0]) return;
    if (beginnings.unseen.test(beginning)) note.textContent = t('pictures.browser.upload.unseen');
    else say(t(`pictures.browser.upload.${beginnings.seen.test(beginning) ? 'damaged' : 'noPicture'}`));
  });
}

/** Where the session is another one than when the page was made: takes its token. Gives what speaks against it. */
async function renewToken(form: HTMLFormElement): Promise<string> {
  const fresh = await fetchPart(form.action, FORM);
  if (!fresh) return t('pictures.browser.upload.signedOut');
  if (fresh.dataset.member !== form.dataset.member) return t('pictures.browser.upload.somebodyElse');
  const token = need(HTMLInputElement, '[name="_csrf"]', fresh).value;
  for (const old of all(HTMLInputElement, '[name="_csrf"]')) old.value = token;
  return '';
}

/** Sends the form; leaves the page, or gives what is wrong. */
async function sendAll(form: HTMLFormElement, onProgress: (part: number) => void): Promise<string | null> {
  let { status, answer } = await send<Answer>(form, onProgress);
  if (status === 403) {
    const against = await renewToken(form);
    if (against) return against;
    ({ status, answer } = await send<Answer>(form, onProgress));
  }
  if (!answer) return t('pictures.browser.upload.signedOut');
  if (answer.to) {
    location.assign(answer.to);
    return null;
  }
  const faults = answer.errors?.map(({ text }) => text) ?? [answer.error?.message];
  return faults.join(' ') || t('pictures.browser.upload.again');
}

function uploadFrom(form: HTMLFormElement): void {
  const field = need(HTMLInputElement, 'input[type="file"]', form);
  const progress = need(HTMLElement, '[data-progress]', form);
  const percent = need(HTMLElement, '[data-percent]', form);
  const bar = need(HTMLProgressElement, 'progress', progress);
  const error = need(HTMLElement, '[data-upload-error]', form);
  const text = need(HTMLElement, '[data-upload-text]', form);
  // Where the other fields have theirs.
  field.before(error);
  const say = (what: string): void => sayOfField(field, { error, text }, what);
  preview(form, field, say);

  const showProgress = (part: number): void => {
    bar.value = Math.round(part * 100);
    percent.textContent = t('pictures.browser.upload.percent', { percent: bar.value });
  };
  const rest = (what: string): void => {
    progress.hidden = true;
    release(form);
    say(what);
  };

  form.addEventListener('submit', async (event) => {
    const file = field.files?.[0];
    // The second click on a form that is on its way was stopped before.
    if (event.defaultPrevented || !file) return;
    event.preventDefault();
    if (tooLarge(field, file)) {
      rest(tooLarge(field, file));
      return;
    }
    say('');
    showProgress(0);
    progress.hidden = false;
    const against = await sendAll(form, showProgress).catch(() => t('pictures.browser.upload.lost'));
    if (against !== null) rest(against);
  });
}

const form = find(HTMLFormElement, FORM);
if (form) uploadFrom(form);
