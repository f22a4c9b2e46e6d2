/** What people and phones put between the digits of a code. */
const separators = /(?<=\d)[\s\-‐‑–—.·]+(?=\d)/gu;

/**
 * Finds the one-time code in what was typed or pasted: "123456", "123 456", "123-456", "Your code is 123456", a whole
 * text message that says it twice, full-width digits. Null when there is not exactly one code of `digits` digits: such
 * input cannot be right and costs no attempt.
 */
export const findCode = (typed: string, digits: number): string | null => {
  if (typed.length > 200) return null;
  const runs = typed.normalize('NFKC').replace(separators, '').match(/\d+/g) ?? [];
  const codes = new Set(runs.filter((run) => run.length === digits));
  return codes.size === 1 ? [...codes][0]! : null;
};
