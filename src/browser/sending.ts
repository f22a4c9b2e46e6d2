export interface Sent<Answer> {
  status: number;
  /** Null: a page, not JSON. */
  answer: Answer | null;
}

function readAnswer<Answer>(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return null;
  }
}

/** Sends a form without leaving the page, and says how much of it has left (0 to 1). */
export function send<Answer>(
  form: HTMLFormElement,
  onProgress: (part: number) => void,
): Promise<Sent<Answer>> {
  return new Promise((resolve, reject) => {
    // fetch does not tell how far it is.
    const request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total ? loaded / total : 0),
    );
    request.addEventListener('load', () =>
      resolve({ status: request.status, answer: readAnswer(request.responseText) }),
    );
    request.addEventListener('error', () => reject(new Error('The connection was lost')));
    request.send(new FormData(form));
  });
}
