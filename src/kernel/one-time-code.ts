import { plainTyped } from './text/typed.ts';

/** What people and phones put between the digits of a code; a comma only where it ends no clause. */
const separators = /(?<=\d)(?:[\s.-]+|[,_])(?=\d)/gu;

/** A letter with its code may be pasted whole; ours are a tenth of this. */
const TYPED_MAX = 10_000;

/**
 * Finds the one-time code in what was typed or pasted: "123456", "123 456", "123-456", "Your code is 123456", a whole
 * message that says it twice, digits of any script. Null when there is not exactly one code of `digits` digits: such input
 * cannot be right and costs no attempt.
 */
export function findCode(typed: string, digits: number): string | null {
  if (typed.length > TYPED_MAX) return null;
  const text = plainTyped(typed);
  // Where there are no words, whatever stands between digits only groups them.
  const only = /[\p{L}\p{M}]/u.test(text) ? '' : text.replace(/\D/g, '');
  if (only.length === digits) return only;
  const runs = text.replace(separators, '').match(/\d+/g) ?? [];
  const codes = new Set(runs.filter((run) => run.length === digits));
  return codes.size === 1 ? [...codes][0]! : null;
}
