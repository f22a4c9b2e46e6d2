/**
 * Finds the one-time code in what was typed or pasted: "123456", "123 456", "123-456", "Your code is 123456",
 * full-width digits. Null when there is not exactly one run of `digits` digits: such input cannot be right and
 * costs no attempt.
 */
export const findCode = (typed: string, digits: number): string | null => {
  if (typed.length > 200) return null;
  const joined = typed.normalize('NFKC').replace(/(?<=\d)[\s\-–—.·]+(?=\d)/gu, '');
  const runs = joined.match(/\d+/g) ?? [];
  const codes = runs.filter((run) => run.length === digits);
  return codes.length === 1 ? codes[0]! : null;
};
