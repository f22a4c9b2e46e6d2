async function ask(url: string, accept: string, redirect: RequestRedirect): Promise<Response> {
  const answer = await fetch(url, { headers: { Accept: accept }, redirect });
  if (!answer.ok && answer.type !== 'opaqueredirect') throw new Error(String(answer.status));
  return answer;
}

export async function fetchJson<Answer>(url: string): Promise<Answer> {
  const answer = await ask(url, 'application/json', 'error');
  return (await answer.json()) as Answer;
}

/** A part of a page as the site gives it out now. Null: it is not there, or the page leads elsewhere (to sign in). */
export async function fetchPart(url: string, selector: string): Promise<HTMLElement | null> {
  const answer = await ask(url, 'text/html', 'manual');
  if (answer.type === 'opaqueredirect') return null;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const part = page.querySelector(selector);
  return part instanceof HTMLElement ? document.adoptNode(part) : null;
}
