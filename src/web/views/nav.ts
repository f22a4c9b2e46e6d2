import type { Request } from 'express';
import type { Message } from '../../kernel/message.ts';
import type { Ask, Question } from '../../platform/stores/question.ts';
import { viewerOf } from '../session/guards.ts';

/** What leads on: for visitors in the header; for members in the bar of a phone, and in the column beside a wide page. */
export interface NavItem {
  /** `pages`: it stands on none of the bars, and what it counts is for pages of its own. */
  to: 'visitors' | 'members' | 'pages';
  order: number;
  label: Message;
  path: string;
  /** `button`: a form without fields. */
  kind?: 'link' | 'main' | 'button';
  icon?: string;
  section?: boolean; // it is also the link of the pages below its own
  /** Only in the column: a bar has room for a few. */
  onlyWide?: boolean;
  count?: Question;
  /** Only for whom `count` answers anything but null. */
  onlyCounted?: boolean;
  /** Its link shows who is signed in; one item has it. */
  self?: { ask: Question; view: (answer: unknown) => SelfView };
}

/** `face`: what `partials/avatar` draws. */
export interface SelfView {
  name: string;
  face: object;
}

/** As pages draw it. */
type Drawn = Required<Omit<NavItem, 'count' | 'icon' | 'self'>> & { icon: string | null; isSelf: boolean };

export interface Nav {
  visitors: readonly Drawn[];
  members: readonly Drawn[];
}

/** How many wait, by path. */
export type Counts = ReadonlyMap<string, number>;

/** What the frame of a page says of whoever looks at it. */
export interface NavFacts {
  counts: Counts;
  self: SelfView | null;
}

export const noNavFacts: NavFacts = { counts: new Map(), self: null };

export function navOf(items: readonly NavItem[]): Nav {
  const ordered = items
    .toSorted((a, b) => a.order - b.order)
    .map(({ self, ...item }) => ({
      kind: 'link' as const,
      icon: null,
      section: false,
      onlyWide: false,
      onlyCounted: false,
      isSelf: self !== undefined,
      ...item,
    }));
  return {
    visitors: ordered.filter(({ to }) => to === 'visitors'),
    members: ordered.filter(({ to }) => to === 'members'),
  };
}

/** Of all items that ask, in one statement. Null: none asks, so nothing is ever asked. */
export function createNavFacts(
  items: readonly NavItem[],
  ask: Ask,
): ((req: Request) => Promise<NavFacts>) | null {
  const counting = items.filter(({ count }) => count);
  const self = items.find((item) => item.self)?.self;
  const questions = [...counting.map(({ count }) => count!), ...(self ? [self.ask] : [])];
  if (questions.length === 0) return null;
  return async (req) => {
    const answers = await ask(viewerOf(req), questions);
    if (!answers) return noNavFacts;
    const counts = counting.flatMap(({ path }, n): [string, number][] =>
      answers[n] === null ? [] : [[path, Number(answers[n])]],
    );
    return { counts: new Map(counts), self: self ? self.view(answers[counting.length]) : null };
  };
}
