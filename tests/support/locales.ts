import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Key } from '../../src/kernel/message.ts';
import { root } from '../../src/root.ts';
import { newFolder } from './restartable.ts';

/** A folder of catalogues: English as it is, and beside it the little that a test says in other languages. */
export function localesBeside(others: Record<string, Partial<Record<Key, string>>>): string {
  const dir = newFolder('locales');
  cpSync(join(root, 'locales/en'), join(dir, 'en'), { recursive: true });
  for (const [locale, entries] of Object.entries(others)) {
    mkdirSync(join(dir, locale));
    const files: Record<string, Record<string, string>> = {};
    for (const [key, text] of Object.entries(entries)) {
      const [feature, ...name] = key.split('.');
      (files[feature!] ??= {})[name.join('.')] = text;
    }
    for (const [feature, file] of Object.entries(files))
      writeFileSync(join(dir, locale, `${feature}.json`), JSON.stringify(file));
  }
  return dir;
}
