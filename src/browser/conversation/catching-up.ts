/** What a page is given of a conversation that it lacks (src/features/chat/conversations/catch-up.page.ts). */
export interface CatchUp {
  items: { seq: number; html: string }[];
  changed: { seq: number; html: string }[];
  change: number;
  lastSeq: number;
  readSeq: number;
  theirReadSeq: number | null;
  status: string;
  draft: string;
}

interface Deps {
  path: string;
  /** How far the page is. */
  last: number;
  change: number;
  /** How many come at once. */
  most: number;
  ask: (url: string) => Promise<CatchUp>;
  take: (given: CatchUp) => void;
}

/** Asks for all that came and changed since, one question after the other, however often it is told to. */
export function catchingUp({ path, last, change, most, ask, take }: Deps) {
  let [isWanted, running]: [boolean, Promise<boolean> | null] = [false, null];

  /** Whether there may be more. */
  const askOnce = async (): Promise<boolean> => {
    const given = await ask(`${path}/messages?after=${last}&changedAfter=${change}`);
    const reached = given.items.at(-1)?.seq ?? given.lastSeq;
    // Numbers that are not for this reader are left out.
    const isAll = given.items.length < most;
    last = Math.max(last, isAll ? given.lastSeq : reached);
    change = Math.max(change, given.change);
    take(given);
    return !isAll || given.changed.length >= most;
  };
  const askAll = async (): Promise<boolean> => {
    try {
      while (isWanted) {
        isWanted = false;
        if (await askOnce()) isWanted = true;
      }
      return true;
    } catch {
      isWanted = false;
      return false;
    } finally {
      running = null;
    }
  };

  return {
    /** False: nobody answered. */
    look(): Promise<boolean> {
      isWanted = true;
      return (running ??= askAll());
    },
    /** A message that came by itself: true, if it is the next one. */
    follows(seq: number): boolean {
      if (seq !== last + 1) return false;
      last = seq;
      return true;
    },
    last: (): number => last,
  };
}

export type CatchingUp = ReturnType<typeof catchingUp>;
