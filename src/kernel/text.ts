/** Whether a string can be stored and shown as it is: no NUL, no half of a surrogate pair. */
export const isCleanText = (s: string): boolean => !s.includes('\0') && s.isWellFormed();

/** How many characters a person would count; a surrogate pair is one. */
export const codePoints = (s: string): number => {
  let n = 0;
  for (const _ of s) n++;
  return n;
};
