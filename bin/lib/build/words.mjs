import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const generated = 'src/kernel/generated';

/** The values that a message wants, by name, as TypeScript says them. */
function valuesOf(parts, TYPE, found = new Map()) {
  for (const part of parts) {
    const counts = [TYPE.number, TYPE.date, TYPE.time, TYPE.plural].includes(part.type);
    if (counts) found.set(part.value, 'number');
    else if (part.type === TYPE.select) found.set(part.value, 'string');
    else if (part.type === TYPE.argument && !found.has(part.value)) found.set(part.value, 'Value');
    if (part.options) for (const { value } of Object.values(part.options)) valuesOf(value, TYPE, found);
    if (part.children) valuesOf(part.children, TYPE, found);
  }
  return found;
}

/** Reads `locales/en` and writes `Catalogue`: every key, and the values that its message wants. */
export async function writeCatalogueTypes(root) {
  // Found only once the dependencies are installed.
  const { parse, TYPE } = await import('@formatjs/icu-messageformat-parser');
  const english = path.join(root, 'locales/en');
  const lines = readdirSync(english)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) =>
      Object.entries(JSON.parse(readFileSync(path.join(english, file), 'utf8'))).map(([key, text]) => {
        const name = `${path.basename(file, '.json')}.${key}`;
        try {
          const values = [...valuesOf(parse(text), TYPE)].map(([value, type]) => `${value}: ${type}`);
          return `  '${name}': { ${values.join('; ')} };`;
        } catch (error) {
          throw new Error(`locales/en/${file}: ${key}: ${error.message}`, { cause: error });
        }
      }),
    );
  const source = `export interface Catalogue<Value> {\n${lines.join('\n')}\n}\n`;
  mkdirSync(path.join(root, generated), { recursive: true });
  writeFileSync(path.join(root, generated, 'catalogue.ts'), source);
}
