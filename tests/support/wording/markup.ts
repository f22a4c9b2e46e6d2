import { HOLE, isPlainText, type Template } from './template.ts';

/** A piece that people read, and where it begins. */
export interface Spoken {
  at: number;
  text: string;
}

/** What a browser or a screen reader says aloud or shows. */
const spokenAttributes =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|alt|title|placeholder|label|summary|abbr)$/;
const spokenMeta =
  /\b(?:name|property)="(?:description|og:(?:title|description|site_name|image:alt)|twitter:\w+)"/;
/** Read by programs. */
const codeAttributes =
  /^(class|style|id|for|href|src|srcset|sizes|media|rel|type|name|accept|autocomplete|d|points|transform|viewbox|content|http-equiv|aria-(labelledby|describedby|controls|owns))$/;

const notHtml = /<!--[\s\S]*?-->|(?<=<(style|script)\b[^>]*>)[\s\S]*?(?=<\/\1>)/g;
const tag = /<\/?[a-z!](?:"[^"]*"|'[^']*'|[^"'>])*>/gi;

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

function attributesOf(tags: string, start: number): (Spoken & { name: string })[] {
  return [...tags.matchAll(/([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map((found) => ({
    name: found[1]!.toLowerCase(),
    text: found[2] ?? found[3]!,
    at: start + found.index + found[0].length - 1 - (found[2] ?? found[3]!).length,
  }));
}

/** Text between tags, and attributes that are read aloud or shown: `sure`. Other attributes may hold either. */
export function spokenIn(template: Template): { sure: Spoken[]; perhaps: Spoken[] } {
  const { markup } = template;
  if (isPlainText(template)) {
    const lines = [...markup.matchAll(/[^\n]+/g)].map(({ 0: text, index }) => ({ at: index, text }));
    return { sure: lines, perhaps: [] };
  }
  const html = markup.replace(notHtml, blank);
  const tags = [...html.matchAll(tag)];
  const attributes = tags.flatMap(({ 0: text, index }) =>
    attributesOf(text, index).map((attribute) => ({
      ...attribute,
      isSpoken:
        spokenAttributes.test(attribute.name) || (attribute.name === 'content' && spokenMeta.test(text)),
    })),
  );
  const ends = tags.map(({ 0: text, index }) => index + text.length);
  const between = [0, ...ends].map((at, n) => ({ at, text: html.slice(at, tags[n]?.index) }));
  return {
    sure: [...between, ...attributes.filter(({ isSpoken }) => isSpoken)],
    perhaps: attributes.filter(({ isSpoken, name }) => !isSpoken && !codeAttributes.test(name)),
  };
}

/** Without what is put in and what stands for a character. */
export function lettersOf(text: string): string {
  return text
    .replaceAll(HOLE, ' ')
    .replace(/&#?\w+;/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
