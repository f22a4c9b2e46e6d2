import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Express, Request } from 'express';
import { remembering } from '../../kernel/remembering.ts';
import { tagsIn, type LocaleMatcher, localeMatcher } from '../request/visitor-locale.ts';
import { pseudoLocales } from './pseudo.ts';
import type { Texts } from './texts.ts';
import { createWords, type Words } from './words.ts';

export interface Catalogues {
  locales: readonly string[];
  /** English where there is no such locale. */
  wordsIn(locale: string): Words;
  /** Of the page that answers a request. */
  wordsFor(req: Request): Words;
}

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- how Express lets requests be given more
  namespace Express {
    interface Request {
      words: Words; // of whatever answers it
    }
  }
}

const FALLBACK = 'en';

/** Browsers send a few dozen characters, and most of them the same. */
const REMEMBERED_LENGTH = 200;
const REMEMBERED_MAX = 1_000;

function textsIn(dir: string): Texts {
  const files = readdirSync(dir).filter((file) => file.endsWith('.json'));
  return new Map(
    files.flatMap((file) => {
      const entries = JSON.parse(readFileSync(join(dir, file), 'utf8')) as Record<string, string>;
      return Object.entries(entries).map(
        ([key, text]) => [`${basename(file, '.json')}.${key}`, text] as const,
      );
    }),
  );
}

/** `pt-BR` is for Brazil, and for whoever reads Portuguese where there is no `pt`. */
function matcherOf(locales: readonly string[]): LocaleMatcher {
  const regions = locales.map((locale) => [locale, new Intl.Locale(locale).region ?? null] as const);
  const [wide, regional] = [regions.filter(([, region]) => !region), regions.filter(([, region]) => region)];
  return localeMatcher(
    [...regional, ...wide].map(([locale]) => locale),
    Object.fromEntries(regional.map(([locale, region]) => [locale, [region!]])),
  );
}

/** Each folder of `dir` is a locale; what it lacks is said in English. `pseudo`: also those for whoever builds. */
export function openCatalogues(dir: string, { pseudo }: { pseudo: boolean }): Catalogues {
  const english = textsIn(join(dir, FALLBACK));
  const folders = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const made = pseudo ? pseudoLocales(english) : new Map<string, Texts>();
  const texts = new Map<string, Texts>([
    ...folders.map(({ name }) => [name, new Map([...english, ...textsIn(join(dir, name))])] as const),
    ...made,
  ]);
  const wordsOf = remembering(Infinity, (locale: string) => createWords(locale, texts.get(locale)!));
  const wordsIn = (locale: string): Words => wordsOf(texts.has(locale) ? locale : FALLBACK);
  // A pseudo-locale is for whoever asks for it by name.
  const matcher = matcherOf(folders.map(({ name }) => name));
  const ofTags = (tags: readonly string[]): Words => {
    const named = tags.find((tag) => made.has(tag));
    return wordsIn(named ?? matcher.match(tags) ?? FALLBACK);
  };
  const ofHeader = (header: string): Words => ofTags(tagsIn(header));
  const remembered = remembering(REMEMBERED_MAX, ofHeader);
  return {
    locales: [...texts.keys()],
    wordsIn,
    wordsFor(req) {
      const header = req.headers['accept-language'] ?? '';
      return header.length > REMEMBERED_LENGTH ? ofHeader(header) : remembered(header);
    },
  };
}

/** Asked each time: a property that each request gets later would make all of its properties slow in V8. */
export function installWords(app: Express, { wordsFor }: Pick<Catalogues, 'wordsFor'>): void {
  Object.defineProperty(app.request, 'words', {
    configurable: true,
    get(this: Request): Words {
      return wordsFor(this);
    },
  });
}
