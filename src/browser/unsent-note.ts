/**
 * That something waits, where any page sees it at once; and how to say so, in the words of the page that kept it: other
 * pages do not bring them.
 */
interface Note {
  member: string;
  /** Of one, of two, …; the last is for as many as there are. */
  says: string[];
}

const KEY = 'unsent';

export function noteUnsent(member: string, count: number, say: ((n: number) => string) | null): void {
  try {
    if (count === 0) return localStorage.removeItem(KEY);
    const before = unsentOf(member)?.says ?? [];
    const says = say ? Array.from({ length: count }, (_, n) => say(n + 1)) : before.slice(0, count);
    localStorage.setItem(KEY, JSON.stringify({ member, says } satisfies Note));
  } catch {
    // The storage is closed: nothing is said at sign-out.
  }
}

export function unsentOf(member: string | undefined): Note | null {
  try {
    const note = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Note | null;
    return note?.member === member ? note : null;
  } catch {
    return null;
  }
}
