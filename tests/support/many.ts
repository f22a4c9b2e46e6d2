/** Does the same thing many times at once. */
export function together<T>(times: number, act: (n: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, n) => act(n)));
}

/** Does the same thing several times, one after the other. */
export async function repeatedly<T>(times: number, act: (n: number) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (let n = 0; n < times; n++) answers.push(await act(n));
  return answers;
}

/** How often each thing is there: `{ 422: 5, 429: 45 }`. */
export function tally(things: readonly (string | number)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const thing of things) counts[thing] = (counts[thing] ?? 0) + 1;
  return counts;
}

/** How often each status was answered. */
export function statuses(pages: readonly { status: number }[]): Record<string, number> {
  return tally(pages.map((page) => page.status));
}
