import type { Request } from 'express';
import type { Message } from '../../kernel/message.ts';
import type { Ask, Question } from '../../platform/stores/question.ts';
import { viewerOf } from '../session/guards.ts';

/** A link of the header: on a phone, of the bar at the foot of the screen. */
export interface NavItem {
  to: 'visitors' | 'members';
  order: number;
  label: Message;
  path: string;
  kind?: 'link' | 'main';
  icon?: string;
  section?: boolean; // it is also the link of the pages below its own
  count?: Question;
  /** Only for whom `count` answers anything but null. */
  onlyCounted?: boolean;
}

export interface FooterLink {
  label: Message;
  path: string;
}

/** As pages draw it. */
type Drawn = Required<Omit<NavItem, 'count' | 'icon'>> & { icon: string | null };

export interface Nav {
  visitors: readonly Drawn[];
  members: readonly Drawn[];
}

/** How many wait, by path. */
export type Counts = ReadonlyMap<string, number>;

export const noCounts: Counts = new Map();

export function navOf(items: readonly NavItem[]): Nav {
  const ordered = items
    .toSorted((a, b) => a.order - b.order)
    .map((item) => ({ kind: 'link' as const, icon: null, section: false, onlyCounted: false, ...item }));
  return {
    visitors: ordered.filter(({ to }) => to === 'visitors'),
    members: ordered.filter(({ to }) => to === 'members'),
  };
}

/** Of all items that count, in one statement. Null: none counts, so nothing is ever asked. */
export function createCounts(
  items: readonly NavItem[],
  ask: Ask,
): ((req: Request) => Promise<Counts>) | null {
  const counting = items.filter(({ count }) => count);
  if (counting.length === 0) return null;
  const questions = counting.map(({ count }) => count!);
  return async (req) => {
    const answers = await ask(viewerOf(req), questions);
    if (!answers) return noCounts;
    return new Map(
      counting.flatMap(({ path }, n): [string, number][] =>
        answers[n] === null ? [] : [[path, Number(answers[n])]],
      ),
    );
  };
}
