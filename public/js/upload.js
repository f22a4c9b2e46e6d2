/** Shows a picture before it is sent, and how far it is on its way. Without this the form is sent as any other. */
const form = document.querySelector('form[data-upload]');

/** What a file begins with, as text: neither its name nor its type, which is a guess from the name, says what it is. */
const beginnings = {
  // Most browsers cannot show HEIC, and old ones no AVIF: that says nothing against the picture.
  unseen: /^[^]{4}ftyp[^]{0,200}(mif[12]|miaf|hei[cxms]|avif)/,
  seen: /^(\xff\xd8\xff|\x89PNG|RIFF[^]{4}WEBP)/,
};
const beginningOf = async (file) =>
  String.fromCharCode(...new Uint8Array(await file.slice(0, 256).arrayBuffer()));
const signedOutText =
  "You were signed out in another tab, so we didn't send the picture. Sign in there, come back here and press the button again. What you wrote is still here.";
const somebodyElseText =
  "Someone else is signed in here now, so we didn't send the picture. Load this page again to see who.";
const againText = "That didn't go through. Please try again.";

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

  /** What the list on top says of the field: the new error in the place of the old one. */
  const sayOnTop = (text) => {
    const line = document.querySelector(`#error-summary a[href="#${field.id}"]`);
    if (!line) return;
    line.textContent = text;
    if (text) return;
    const list = line.closest('ul');
    line.closest('li').remove();
    if (list.children.length === 0) document.getElementById('error-summary').remove();
  };
  /** The error of the field, as the site itself shows it; '' takes it away. */
  const say = (text) => {
    sayOnTop(text);
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
  picture.addEventListener('error', async () => {
    preview.hidden = true;
    const [file] = field.files;
    if (!file) return;
    const beginning = await beginningOf(file).catch(() => '');
    // Another one was chosen meanwhile.
    if (file !== field.files[0]) return;
    if (beginnings.unseen.test(beginning))
      note.textContent = "No preview for this kind of picture. You'll see it once it's processed.";
    else if (beginnings.seen.test(beginning))
      say('This picture is damaged or incomplete. Please choose another one.');
    else say("This file isn't a picture. Please choose a JPEG, PNG, WebP, HEIC or AVIF picture.");
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
    percent.textContent = `${bar.value}%`;
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
      rest('The connection was lost. Please try again.');
    }
  });
}
