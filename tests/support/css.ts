import { readdirSync, readFileSync } from 'node:fs';

const folder = 'public/css';

export interface Stylesheet {
  /** Below `public/css`. */
  path: string;
  text: string;
}

export const stylesheets: readonly Stylesheet[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.css'))
  .map((path) => ({ path, text: readFileSync(`${folder}/${path}`, 'utf8') }));

/** "margin: 0 1px" of every rule, without comments. */
export function declarationsOf({ text }: Stylesheet): { property: string; value: string }[] {
  const rules = text.replace(/\/\*[\s\S]*?\*\//g, '');
  return [...rules.matchAll(/(?<=[{;]\s*)(--?[\w-]+|[a-z][\w-]*):\s*([^;{}]+?)\s*(?=[;}])/g)].map(
    ([, property, value]) => ({ property: property!, value: value! }),
  );
}

/** "0 calc(1px * -1) 0" → three values. */
function partsOf(value: string): string[] {
  return value.match(/(?:[^\s(]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+/g) ?? [];
}

/** Of four edges, right and left; of four corners, those that lie beside each other. */
function sidesOf(value: string, corners: boolean): [string, string][] {
  const [first, second = first, third = first, fourth = second] = partsOf(value);
  return corners
    ? [
        [first!, second!],
        [third!, fourth!],
      ]
    : [[second!, fourth!]];
}

const edges = /^(margin|padding|inset|border-(width|style|color)|scroll-(margin|padding))$/;
const nothing = /^0(px|rem|em|%)?$/;

/** What is said of the left or of the right, where it should be of the start or of the end of a line. */
export function faultOf({ property, value }: { property: string; value: string }): string | null {
  if (property.endsWith('shadow') && !/^(none|var\(|(inset )?0 )/.test(value)) return 'falls to one side';
  if (property.startsWith('--')) return null;
  if (/(^|-)(top|right|bottom|left)(-|$)/.test(property)) return 'is of one side';
  if (/(?<![\w-])(left|right)(?![\w-])/.test(value)) return 'names a side';
  const sides = edges.test(property)
    ? sidesOf(value, false)
    : property === 'border-radius'
      ? sidesOf(value, true)
      : [];
  if (sides.some(([one, other]) => one !== other)) return 'has two different sides';
  if (/gradient\((?!var\(--lean\)|180deg|to (top|bottom)|0deg)[\d.-]+(deg|turn)/.test(value))
    return 'leans without --lean';
  if (/scaleX|skew|rotate|polygon/.test(value)) return 'is drawn for one side';
  const [, by] = /translate(?:X|3d)?\(([^,)]*)/.exec(value) ?? [];
  return by === undefined || nothing.test(by.trim()) ? null : 'moves to one side';
}
