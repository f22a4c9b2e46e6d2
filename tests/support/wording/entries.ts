import {
  isDateElement,
  isNumberElement,
  isPluralElement,
  isSelectElement,
  isTagElement,
  isArgumentElement,
  type MessageFormatElement,
  parse,
} from '@formatjs/icu-messageformat-parser';

/** `locales/en/home.json`: its locale, its feature and what lies in it. */
export interface CatalogueFile {
  locale: string;
  feature: string;
  source: string;
}

/** What an entry is made of: values with what they must be, tags, and the faults of its own. */
export interface Shape {
  values: ReadonlyMap<string, string>;
  tags: ReadonlySet<string>;
  faults: readonly string[];
}

function partsOf(parts: readonly MessageFormatElement[]): MessageFormatElement[] {
  return parts.flatMap((part) => [
    part,
    ...(isTagElement(part) ? partsOf(part.children) : []),
    ...(isPluralElement(part) || isSelectElement(part)
      ? Object.values(part.options).flatMap(({ value }) => partsOf(value))
      : []),
  ]);
}

function kindOf(part: MessageFormatElement): string | null {
  if (isPluralElement(part)) return part.pluralType === 'ordinal' ? 'ordinal' : 'count';
  if (isSelectElement(part)) return 'select';
  if (isDateElement(part)) return 'date';
  if (isNumberElement(part)) return 'count';
  return isArgumentElement(part) ? 'value' : null;
}

/** A plural has a form for each category of its language (Unicode, UTS 35) and no other, a select one for the rest. */
function missingIn(part: MessageFormatElement, locale: string): string[] {
  if (!isPluralElement(part) && !isSelectElement(part)) return [];
  const has = Object.keys(part.options);
  const type = isPluralElement(part) && part.pluralType === 'ordinal' ? 'ordinal' : 'cardinal';
  const wanted = isPluralElement(part)
    ? new Intl.PluralRules(locale, { type }).resolvedOptions().pluralCategories
    : ['other'];
  const strange = isPluralElement(part)
    ? has.filter((name) => !name.startsWith('=') && !(wanted as string[]).includes(name))
    : [];
  return [
    ...wanted.filter((name) => !has.includes(name)).map((name) => `{${part.value}} has no "${name}"`),
    ...strange.map((name) => `{${part.value}} has a "${name}" that ${locale} does not know`),
  ];
}

const shapes = new Map<string, Shape>();

export function shapeOf(text: string, locale = 'en'): Shape {
  const id = `${locale} ${text}`;
  const known = shapes.get(id);
  if (known) return known;
  const shape = readShape(text, locale);
  shapes.set(id, shape);
  return shape;
}

function readShape(text: string, locale: string): Shape {
  try {
    const parts = partsOf(parse(text));
    const values = new Map<string, string>();
    for (const part of parts) {
      const kind = kindOf(part);
      // Where a value both counts and is shown, it is a number.
      if (kind && 'value' in part && (kind !== 'value' || !values.has(part.value)))
        values.set(part.value, kind);
    }
    return {
      values,
      tags: new Set(parts.filter(isTagElement).map(({ value }) => value)),
      faults: parts.flatMap((part) => missingIn(part, locale)),
    };
  } catch (error) {
    return { values: new Map(), tags: new Set(), faults: [`is no ICU message: ${(error as Error).message}`] };
  }
}

/** `JSON.parse` would drop the first of two entries of one name without a word. */
export function entriesOf({ source }: CatalogueFile): { key: string; text: string }[] {
  JSON.parse(source);
  return [...source.matchAll(/^\s*("(?:[^"\\]|\\.)*")\s*:\s*("(?:[^"\\]|\\.)*")\s*,?\s*$/gm)].map(
    ([, key, text]) => ({
      key: JSON.parse(key!) as string,
      text: JSON.parse(text!) as string,
    }),
  );
}

export function catalogueOf(files: readonly CatalogueFile[], locale: string): ReadonlyMap<string, string> {
  return new Map(
    files
      .filter((file) => file.locale === locale)
      .flatMap((file) => entriesOf(file).map(({ key, text }) => [`${file.feature}.${key}`, text] as const)),
  );
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}

function faultsOfEntry(text: string, locale: string, english: string | undefined): string[] {
  const shape = shapeOf(text, locale);
  if (english === undefined) return [...shape.faults, 'English has no such entry'];
  const theirs = shapeOf(english);
  const wants = ({ values }: Shape) => [...values].map(([name, kind]) => `{${name}} (${kind})`);
  const has = ({ tags }: Shape) => [...tags].map((name) => `<${name}>`);
  return [
    ...shape.faults,
    ...(text.trim() === '' ? ['says nothing'] : []),
    ...(same(wants(shape), wants(theirs))
      ? []
      : [
          `takes ${wants(shape).join(', ') || 'nothing'} where English takes ${wants(theirs).join(', ') || 'nothing'}`,
        ]),
    ...(same(has(shape), has(theirs))
      ? []
      : [`has ${has(shape).join(', ') || 'no tag'} where English has ${has(theirs).join(', ') || 'none'}`]),
  ];
}

/** `signUp.password.error.empty`; the feature stands in the file's name. */
const keyShape = /^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9-]+)*$/;

/** `features`: who may have a catalogue. */
export function faultsOfCatalogues(files: readonly CatalogueFile[], features: readonly string[]): string[] {
  const english = catalogueOf(files, 'en');
  return files.flatMap((file) => {
    const { locale, feature } = file;
    const entries = entriesOf(file);
    const keys = entries.map(({ key }) => key);
    const lines = file.source.split('\n').filter((line) => line.trim() && !/^\s*[{}]\s*$/.test(line));
    const whole = [
      ...(features.includes(feature) ? [] : ['is of no feature']),
      ...(lines.length === entries.length ? [] : ['has lines that are no entry, as "key": "text"']),
      ...keys.filter((key, n) => keys.indexOf(key) !== n).map((key) => `${key}: is there twice`),
      ...keys.filter((key) => !keyShape.test(key)).map((key) => `${key}: is no path in camelCase`),
    ];
    const single = entries.flatMap(({ key, text }) =>
      faultsOfEntry(text, locale, english.get(`${feature}.${key}`)).map((fault) => `${key}: ${fault}`),
    );
    return [...whole, ...single].map((fault) => `locales/${locale}/${feature}.json: ${fault}`);
  });
}
