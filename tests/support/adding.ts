import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** One block of docs/adding-a-feature.md. */
export interface Step {
  kind: 'write' | 'append' | 'change' | 'run';
  path: string;
  text: string;
}

/** In their order. A block belongs to the path that stands in bold before it. */
export function stepsOf(page: string): Step[] {
  let path = '';
  let kind: Step['kind'] = 'write';
  return [...page.matchAll(/^\*\*`([^`]+)`\*\*(.*)$|^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(
    ([, named, after, language, text = '']): Step[] => {
      if (named) {
        path = named;
        kind = after!.includes('at the end') ? 'append' : 'write';
        return [];
      }
      if (language === 'sh') return [{ kind: 'run', path: '', text }];
      return [{ kind: language === 'diff' ? 'change' : kind, path, text }];
    },
  );
}

const notOurs = new Set(['node_modules', '.git', '.data', '.env', 'dist', 'coverage']);

/** Every file that belongs to a checkout, by its path, with its text. */
export function filesOf(root: string): Map<string, string> {
  const top = readdirSync(root).filter((name) => !notOurs.has(name));
  const all = top.flatMap((name) =>
    statSync(join(root, name)).isDirectory()
      ? readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).map((path) => join(name, path))
      : [name],
  );
  const files = all.filter(
    (path) => !/^src\/\w+\/generated\//.test(path) && statSync(join(root, path)).isFile(),
  );
  return new Map(files.map((path) => [path, readFileSync(join(root, path), 'latin1')]));
}

/** Without what belongs to a machine; what is installed and built is borrowed. */
export function copyCheckout(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((one) => !notOurs.has(one)))
    cpSync(join(from, name), join(to, name), { recursive: true });
  for (const name of ['node_modules', 'dist']) symlinkSync(join(from, name), join(to, name));
}

function written({ path, text }: Step, root: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** `*` stands for what a command named. */
function appended({ path, text }: Step, root: string): void {
  const [folder = '', name = ''] = path.split('/*');
  const [found, ...more] = readdirSync(join(root, folder)).filter((one) => one.endsWith(name.split('/')[0]!));
  if (!found || more.length > 0) throw new Error(`${path} is not one file`);
  writeFileSync(join(root, folder, found, name.split('/')[1]!), text, { flag: 'a' });
}

/** A diff whose lines that stay are found once, one after the other. */
function changed({ path, text }: Step, root: string): void {
  const lines = text.trimEnd().split('\n');
  const before = lines.filter((line) => line.startsWith(' ')).map((line) => `${line.slice(1)}\n`);
  const after = lines.map((line) => `${line.slice(1)}\n`);
  const parts = readFileSync(join(root, path), 'utf8').split(before.join(''));
  if (parts.length !== 2) throw new Error(`${path} has ${parts.length - 1} places for ${text}`);
  writeFileSync(join(root, path), parts.join(after.join('')));
}

export type Run = (script: string, args: string[]) => Promise<string>;

/** Runs programs in a copy. Rejects with what one said when it fails. */
export function runIn(root: string, env: Record<string, string>): Run {
  return async (script, args) => {
    const options = { cwd: root, env: { PATH: process.env.PATH ?? '', ...env }, maxBuffer: 2 ** 24 };
    try {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, ...args], options);
      return stdout + stderr;
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${script} ${args.join(' ')}\n${stdout}\n${stderr}`, { cause: error });
    }
  };
}

/** Carries one step out. `command` runs a line of a shell. */
export async function carryOut(step: Step, root: string, command: (line: string) => Promise<void>) {
  switch (step.kind) {
    case 'write':
      return written(step, root);
    case 'append':
      return appended(step, root);
    case 'change':
      return changed(step, root);
    case 'run':
      for (const line of step.text.trim().split('\n')) await command(line);
  }
}
