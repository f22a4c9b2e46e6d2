import type { SourceFile } from '../architecture/reading.ts';

/** A template taken apart. All have its length and its lines, so what is found in one stands there in the template. */
export interface Template {
  path: string;
  /** HTML, or plain text, with `HOLE` where something is put in. */
  markup: string;
  /** What scriptlets say, as one program; each `<%= … %>` is a statement in brackets. */
  code: string;
}

export const HOLE = '\uFFFC';

const scriptlet = /<%([=\-#_]?)([\s\S]*?)([-_]?)%>/g;

function blank(text: string, by = ' '): string {
  return text.replace(/[^\n]/g, by);
}

export function templateOf({ path, text }: SourceFile): Template {
  let [markup, code, end] = ['', '', 0];
  for (const found of text.matchAll(scriptlet)) {
    const [whole, kind, body, trim] = found as unknown as [string, string, string, string];
    const before = text.slice(end, found.index);
    end = found.index + whole.length;
    const isHole = kind === '=' || kind === '-';
    markup += before + blank(whole, isHole ? HOLE : ' ');
    code += blank(before);
    if (isHole) code += `;( ${body});${blank(trim)}`;
    else code += kind === '#' ? blank(whole) : `  ${blank(kind)}${body}  ${blank(trim)}`;
  }
  return { path, markup: markup + text.slice(end), code: code + blank(text.slice(end)) };
}

export function isPlainText({ path }: Pick<Template, 'path'>): boolean {
  return /\.(text|subject)\.ejs$/.test(path);
}
