import { type Answer, type Fields, lost } from './answer.ts';

const PATIENCE_MS = 10_000;

let token = document.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value;

interface Problem {
  reason?: string;
  detail?: string;
  retryInMs?: number;
  errors?: Answer['errors'] & object;
}

async function freshToken(): Promise<void> {
  const answer = await fetch('/api/v1/session', { signal: AbortSignal.timeout(PATIENCE_MS) });
  token = answer.ok ? ((await answer.json()) as { csrfToken: string }).csrfToken : '';
}

async function post(path: string, fields: Fields): Promise<Response> {
  return fetch(`/api/v1${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': token ?? '' },
    body: JSON.stringify(fields),
    signal: AbortSignal.timeout(PATIENCE_MS),
    // What is on its way when the page is left still arrives.
    keepalive: JSON.stringify(fields).length < 60_000,
  });
}

async function answerOf(response: Response): Promise<Answer> {
  if (response.ok) return { ok: true, ...((await response.json()) as object) };
  const { reason, detail, retryInMs, errors } = (await response.json()) as Problem;
  const usual = { 401: 'signed-out', 429: 'too-often', 500: 'fault', 503: 'away' }[response.status];
  return {
    ok: false,
    reason: reason ?? usual ?? (response.status > 500 ? 'away' : 'invalid'),
    ...(detail === undefined ? {} : { says: detail }),
    ...(retryInMs === undefined ? {} : { retryInMs }),
    ...(errors === undefined ? {} : { errors }),
  };
}

/** The same act over the API, where there is no socket. */
export async function actByFetch(path: string, fields: Fields): Promise<Answer> {
  try {
    if (!token) await freshToken();
    const first = await post(path, fields);
    if (first.status !== 403) return await answerOf(first);
    // Signed in anew meanwhile.
    await freshToken();
    return await answerOf(await post(path, fields));
  } catch {
    return lost;
  }
}
