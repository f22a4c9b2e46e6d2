/** Shows a picture before it is sent, and how far it is on its way. Without this the form is sent as any other. */
const form = document.querySelector('form[data-upload]');

if (form) {
  const field = form.querySelector('input[type="file"]');
  const button = form.querySelector('button[type="submit"]');
  const label = button.textContent;
  const [preview, progress, error] = ['preview', 'progress', 'upload-error'].map((part) =>
    form.querySelector(`[data-${part}]`),
  );
  const picture = document.createElement('img');
  picture.alt = 'The picture you chose';
  preview.append(picture);
  const bar = progress.querySelector('progress');

  const say = (text) => {
    error.hidden = text === '';
    error.textContent = text;
    field.toggleAttribute('aria-invalid', text !== '');
  };
  const tooLarge = (file) =>
    file && file.size > Number(field.dataset.maxBytes)
      ? `This picture is larger than ${Number(field.dataset.maxBytes) / 1024 / 1024} MB. Please choose a smaller one.`
      : '';

  field.addEventListener('change', () => {
    const [file] = field.files;
    say(tooLarge(file));
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
  });

  /** The form can be sent again. */
  const rest = (text) => {
    progress.hidden = true;
    delete form.dataset.sent;
    button.textContent = label;
    say(text);
  };

  const answered = (request) => {
    let answer = null;
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      // A page: the session is over, and this is where to sign in.
      return location.reload();
    }
    if (answer.to) return location.assign(answer.to);
    const texts = answer.errors?.map(({ text }) => text) ?? [answer.error?.message];
    return rest(texts.join(' ') || 'This did not go through. Please try again.');
  };

  form.addEventListener('submit', (event) => {
    const [file] = field.files;
    // The second click on a form that is on its way was stopped before.
    if (event.defaultPrevented || !file) return;
    event.preventDefault();
    if (tooLarge(file)) return rest(tooLarge(file));
    say('');
    bar.value = 0;
    progress.hidden = false;
    const request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      bar.value = total ? Math.round((loaded / total) * 100) : 0;
    });
    request.addEventListener('load', () => answered(request));
    request.addEventListener('error', () => rest('The connection broke off. Please try again.'));
    request.send(new FormData(form));
    return undefined;
  });
}
