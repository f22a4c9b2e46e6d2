import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Hidden files are left out. */
export function listFiles(prefix: string, path: string): [logical: string, path: string][] {
  if (statSync(path).isFile()) return [[prefix, path]];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [posix.join(prefix, file.slice(path.length + 1).replaceAll('\\', '/')), file]);
}

/** Replaces references by hashed names; in stylesheets, imports by their text. */
export function linkAssets(
  logical: string,
  bytes: Buffer,
  url: (name: string) => string,
  files: Map<string, string>,
): Buffer {
  const at = (reference: string) => posix.join(posix.dirname(logical), reference);
  if (logical.endsWith('.css')) return Buffer.from(linkCss(bytes.toString(), logical, url, files));
  if (logical.endsWith('.webmanifest')) {
    const text = bytes.toString();
    return Buffer.from(
      text.replace(/("src":\s*")([^"]+)"/g, (_, head, name: string) => `${head}${url(at(name))}"`),
    );
  }
  return bytes;
}

/** `@import './x.css' layer(y);` becomes its text, so that a page waits for one file, not for a chain. */
function linkCss(
  css: string,
  logical: string,
  url: (name: string) => string,
  files: Map<string, string>,
): string {
  const at = (reference: string) => posix.join(posix.dirname(logical), reference);
  return css
    .replace(/^\uFEFF|@charset "[^"]*";/g, '')
    .replace(/@import\s+['"]([^'"]+)['"](?:\s+layer\(([\w-]+)\))?;/g, (_, name: string, layer?: string) => {
      const path = files.get(at(name));
      if (path === undefined) throw new Error(`There is no asset "${at(name)}" (imported by ${logical})`);
      const text = linkCss(readFileSync(path, 'utf8'), at(name), url, files);
      return layer ? `@layer ${layer} {\n${text}\n}` : text;
    })
    .replace(
      /url\(\s*(['"]?)(?!data:|#|[a-z]+:|\/)([^'")]+)\1\s*\)/g,
      (_, _quote, name: string) => `url("${url(at(name))}")`,
    );
}
