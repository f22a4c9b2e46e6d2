import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { at } from '../paths.mjs';
import { Stop } from '../say.mjs';

const assignment = /^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=[ \t]*(.*)$/;

/**
 * Lines that Node's reader would misread in silence. Says where and what kind, never what stands there: it may be a secret.
 * @param {string} text
 * @returns {string[]} one fault per line
 */
export function faults(text) {
  if (text.includes('\0')) return ['it is no UTF-8 text'];
  const lines = text.split(/\r?\n/);
  const found = [];
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i];
    if (/^\s*(#|$)/.test(line)) continue;
    const value = assignment.exec(line)?.[1];
    if (value === undefined) {
      found.push(`line ${i + 1} is neither KEY=value nor a # comment`);
      continue;
    }
    const quote = /^["'`]/.exec(value)?.[0];
    if (!quote) continue;
    const begin = i;
    let rest = value.slice(1);
    while (!rest.includes(quote) && i + 1 < lines.length) rest = lines[(i += 1)];
    if (!rest.includes(quote)) {
      found.push(`line ${begin + 1} opens a ${quote} that nothing closes`);
      i = begin;
    } else if (!/^\s*(#|$)/.test(rest.slice(rest.indexOf(quote) + 1))) {
      found.push(`line ${i + 1} has something after its closing ${quote}`);
    }
  }
  return found;
}

/**
 * Reads `.env` into the environment, where there is one. The real environment wins, as with Node's own `--env-file`.
 * @param {string} [file]
 * @param {NodeJS.ProcessEnv} [env]
 */
export function loadEnvFile(file = at('.env'), env = process.env) {
  let text;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, ''); // Windows' editors begin files with a mark.
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw new Stop(`.env cannot be read: ${error.message}`);
  }
  const wrong = faults(text);
  if (wrong.length > 0) {
    throw new Stop(
      `.env is not well formed (.env.example shows how):\n${wrong.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  }
  for (const [key, value] of Object.entries(parseEnv(text))) env[key] ??= value;
}
