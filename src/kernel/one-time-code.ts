import { plainTyped } from './text/typed.ts';

/** A comma separates digits only where it ends no clause. */
const separators = /(?<=\d)(?:[\s.-]+|[,_])(?=\d)/gu;

const TYPED_MAX = 10_000; // a whole message may be pasted; ours are a tenth of this

/** "123 456", "Your code is 123456", digits of any script. Null unless there is exactly one: that costs no attempt. */
export function findCode(typed: string, digits: number): string | null {
  if (typed.length > TYPED_MAX) return null;
  const text = plainTyped(typed);
  // Without words, whatever stands between digits only groups them.
  const only = /[\p{L}\p{M}]/u.test(text) ? '' : text.replace(/\D/g, '');
  if (only.length === digits) return only;
  const runs = text.replace(separators, '').match(/\d+/g) ?? [];
  const codes = new Set(runs.filter((run) => run.length === digits));
  return codes.size === 1 ? [...codes][0]! : null;
}
