/** Shows a picture before it is sent, and how far it is on its way. Without this the form is sent as any other. */
const form = document.querySelector('form[data-upload]');

const pictureTypes = /^image\/(jpeg|png|webp)$/;
const signedOutText =
  'You were signed out in another tab, so the picture was not sent. Sign in there, come back to this tab and press the button again: what you wrote is still here.';
const somebodyElseText =
  'Somebody else is signed in here now, so the picture was not sent. Load this page again to see who.';
const againText = 'This did not go through. Please try again.';

/** The form as the site gives it out now; null: whoever asks is signed out. */
const freshForm = async () => {
  const answer = await fetch(form.action, { headers: { Accept: 'text/html' } });
  if (new URL(answer.url).pathname !== new URL(form.action).pathname) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector('form[data-upload]');
};

/** Sends the form; gives the answer as JSON, or null where there is a page instead: the one to sign in. */
const send = (onProgress) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total ? loaded / total : 0),
    );
    request.addEventListener('load', () => {
      let answer = null;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // A page.
      }
      resolve({ status: request.status, answer });
    });
    request.addEventListener('error', reject);
    request.send(new FormData(form));
  });

if (form) {
  const field = form.querySelector('input[type="file"]');
  const button = form.querySelector('button[type="submit"]');
  const label = button.textContent;
  const [preview, progress, percent, note, error, errorText] = [
    'preview',
    'progress',
    'percent',
    'upload-note',
    'upload-error',
    'upload-text',
  ].map((part) => form.querySelector(`[data-${part}]`));
  const hint = `${field.id}-hint`;
  const picture = document.createElement('img');
  picture.alt = 'The picture you chose';
  preview.append(picture);
  const bar = progress.querySelector('progress');
  // Where the other fields have theirs.
  field.before(error);

  /** The error of the field, as the site itself shows it; '' takes it away. */
  const say = (text) => {
    document.getElementById(`${field.id}-error`)?.remove();
    error.hidden = text === '';
    errorText.textContent = text;
    field.closest('.field').classList.toggle('field-invalid', text !== '');
    // "false" would be praise: the browser has not judged the picture.
    if (text) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
    field.setAttribute('aria-describedby', text ? `${hint} ${error.id}` : hint);
  };
  const tooLarge = (file) =>
    file && file.size > Number(field.dataset.maxBytes)
      ? `This picture is larger than ${Number(field.dataset.maxBytes) / 1024 / 1024} MB. Please choose a smaller one.`
      : '';

  field.addEventListener('change', () => {
    const [file] = field.files;
    say(tooLarge(file));
    note.textContent = '';
    preview.hidden = true;
    if (!file || tooLarge(file)) return;
    // A data: address, since the site's own rules allow no blob: pictures.
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      if (file === field.files[0]) picture.src = reader.result;
    });
    reader.readAsDataURL(file);
  });
  picture.addEventListener('load', () => {
    preview.hidden = false;
  });
  picture.addEventListener('error', () => {
    preview.hidden = true;
    const [file] = field.files;
    if (!file) return;
    // Most browsers cannot show HEIC, and old ones no AVIF: that says nothing against the picture.
    if (/^image\/(hei[cf]|avif)$/.test(file.type) || /\.(hei[cf]|avif)$/i.test(file.name))
      note.textContent = 'No preview for this kind; it will be shown once it is made.';
    else if (pictureTypes.test(file.type))
      say('This picture is damaged or incomplete. Please choose another one.');
    else say('This file is not a picture. Please choose a JPEG, PNG, WebP, HEIC or AVIF picture.');
  });

  /** The form can be sent again. */
  const rest = (text) => {
    progress.hidden = true;
    delete form.dataset.sent;
    button.textContent = label;
    say(text);
  };
  const showProgress = (part) => {
    bar.value = Math.round(part * 100);
    percent.textContent = `${bar.value} %`;
  };

  /** Where the session is another one than when the page was made: takes its token. Gives what speaks against it. */
  const renewToken = async () => {
    const fresh = await freshForm();
    if (!fresh) return signedOutText;
    if (fresh.dataset.member !== form.dataset.member) return somebodyElseText;
    const token = fresh.querySelector('[name="_csrf"]').value;
    for (const old of document.querySelectorAll('[name="_csrf"]')) old.value = token;
    return '';
  };

  const sendAll = async () => {
    let { status, answer } = await send(showProgress);
    if (status === 403) {
      const against = await renewToken();
      if (against) return rest(against);
      ({ status, answer } = await send(showProgress));
    }
    if (!answer) return rest(signedOutText);
    if (answer.to) return location.assign(answer.to);
    const texts = answer.errors?.map(({ text }) => text) ?? [answer.error?.message];
    return rest(texts.join(' ') || againText);
  };

  form.addEventListener('submit', async (event) => {
    const [file] = field.files;
    // The second click on a form that is on its way was stopped before.
    if (event.defaultPrevented || !file) return;
    event.preventDefault();
    if (tooLarge(file)) {
      rest(tooLarge(file));
      return;
    }
    say('');
    showProgress(0);
    progress.hidden = false;
    try {
      await sendAll();
    } catch {
      rest('The connection broke off. Please try again.');
    }
  });
}
