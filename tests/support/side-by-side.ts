import type { TestHouse } from './house.ts';
import { withoutRandom } from './joining.ts';
import { forgot } from './recovering.ts';
import { settled } from './security.ts';
import { type Page, visitor, type Visitor } from './visitor.ts';

/** What a stranger sees of one answer, without chance and without what they typed themselves. */
export interface Seen {
  step: string;
  status: number;
  redirectedTo: string | null;
  retryAfter: string | undefined;
  cookies: string[];
  html: string;
}

export function seenIn(step: string, page: Page, typed: string): Seen {
  return {
    step,
    status: page.status,
    redirectedTo: page.redirectedTo,
    retryAfter: page.header('retry-after'),
    cookies: ([] as string[]).concat(page.header('set-cookie') ?? []).map((line) => line.split('=')[0]!),
    html: withoutRandom(page.html).replaceAll(typed, 'TYPED').replaceAll(typed.toLowerCase(), 'TYPED'),
  };
}

/** What one of those who walk side by side types, and what was seen by them so far. */
export interface Walker {
  who: Visitor;
  typed: string;
  seen: Seen[];
}

/** Strangers who ask for a new password, each for what they typed, and do everything in step with each other. */
export function sideBySide(house: TestHouse, typed: readonly string[]) {
  const walkers: Walker[] = typed.map((text) => ({ who: visitor(house), typed: text, seen: [] }));
  const all = async (step: string, act: (walker: Walker) => Promise<Page>): Promise<void> => {
    for (const walker of walkers) walker.seen.push(seenIn(step, await act(walker), walker.typed));
  };
  return {
    walkers,
    all,
    form: () => all('form', ({ who, typed: identifier }) => forgot(who, identifier)),
    /** The code page and its state, before and after the worker has done its part. */
    look: async (): Promise<void> => {
      await all('page', ({ who }) => who.get('/password/code'));
      await all('state', ({ who }) => who.get('/password/code/status'));
      await settled(house);
      await all('settled page', ({ who }) => who.get('/password/code'));
      await all('settled state', ({ who }) => who.get('/password/code/status'));
    },
    code: (code: string) => all(`code ${code}`, ({ who }) => who.post('/password/code', { code })),
    resend: () => all('resend', ({ who }) => who.post('/password/code/resend')),
    get: (path: string) => all(path, ({ who }) => who.get(path)),
    /** What each of them saw. */
    seen: (): Seen[][] => walkers.map((walker) => walker.seen),
  };
}
