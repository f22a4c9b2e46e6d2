import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A page as the catalogue has it, and as it is drawn. */
export interface DrawnPage {
  name: string;
  view: string;
  html: string;
}

/** What was changed: paths, and of styles the lines. */
export interface Change {
  paths: readonly string[];
  styles: string;
}

const views = 'views';

function includedBy(): Map<string, string[]> {
  const files = readdirSync(views, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ejs'),
  );
  return new Map(
    files.map((file) => [
      file.replaceAll('\\', '/').slice(0, -'.ejs'.length),
      [...readFileSync(join(views, file), 'utf8').matchAll(/include\('([\w/-]+)'/g)].map(([, name]) => name!),
    ]),
  );
}

/** A view and everything it is made of. */
function partsOf(view: string, includes: Map<string, string[]>, found = new Set<string>()): Set<string> {
  if (found.has(view)) return found;
  found.add(view);
  for (const part of includes.get(view) ?? []) partsOf(part, includes, found);
  return found;
}

/** Names of classes that changed lines of CSS speak of; null where a line speaks of none: it may concern any page. */
function classesIn(styles: string): string[] | null {
  const selectors = styles.split('\n').filter((line) => /[{,]\s*$/.test(line) && !line.includes('@'));
  if (styles !== '' && selectors.length === 0) return null;
  const classes = selectors.map((line) => [...line.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name!));
  return classes.some((names) => names.length === 0) ? null : classes.flat();
}

/** Whether a page may look otherwise than before a change. */
export function looksChanged(change: Change) {
  const includes = includedBy();
  const changedViews = new Set(
    change.paths
      .filter((path) => path.startsWith(`${views}/`))
      .map((path) => path.slice(views.length + 1, -4)),
  );
  const classes = classesIn(change.styles);
  const modelsChanged = change.paths.some((path) => path.startsWith('tests/support/pages/'));
  return ({ view, html }: DrawnPage): boolean =>
    classes === null ||
    modelsChanged ||
    [...partsOf(view, includes), ...partsOf('layouts/main', includes)].some((part) =>
      changedViews.has(part),
    ) ||
    classes.some((name) => new RegExp(`class="[^"]*\\b${name}\\b`).test(html));
}

/** Each page has one day in seven. */
export function isItsDay({ name }: { name: string }, day: number): boolean {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % 7 === day % 7;
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8' });
}

/**
 * What was changed against the last commit that is a day older than the newest, not yet committed work included; null where
 * there is no history to ask.
 */
export function changeOfTheDay(): Change | null {
  try {
    const newest = Number(git('log', '-1', '--format=%ct'));
    const base = git('rev-list', '-1', `--before=${newest - 24 * 3600}`, 'HEAD').trim();
    if (!base) return null;
    const untracked = git('ls-files', '--others', '--exclude-standard');
    const paths = `${git('diff', '--name-only', base)}\n${untracked}`.split('\n').filter(Boolean);
    const lines = git('diff', '-U8', base, '--', 'public/css').split('\n');
    return { paths, styles: lines.filter((line) => !/^(---|\+\+\+|@@|diff|index)/.test(line)).join('\n') };
  } catch {
    return null;
  }
}
