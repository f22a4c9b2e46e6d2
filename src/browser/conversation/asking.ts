import type { CatchUp } from './catching-up.ts';

const PATIENCE_MS = 10_000;

/** The page itself says what has become of it: nobody, or somebody who is to sign in. */
function leave(): never {
  location.reload();
  throw new Error('The page is loaded anew');
}

export async function askCatchUp(url: string): Promise<CatchUp> {
  const answer = await fetch(url, {
    headers: { Accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (answer.type === 'opaqueredirect' || answer.status === 404) leave();
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as CatchUp;
}
