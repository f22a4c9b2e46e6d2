import { momentInWords } from '../../kernel/clock.ts';
import type { DataExport } from '../../web/feature.ts';

function inLines(facts: Record<string, string>): string {
  return Object.entries(facts)
    .map(([name, text]) => `${name}\r\n    ${text}\r\n`)
    .join('\r\n');
}

/** For people who don't read JSON. Plain text, which every system opens. */
export function readmeOf(madeAt: Date, parts: readonly DataExport[]): string {
  const explained = Object.assign({}, ...parts.map((part) => part.explained)) as Record<string, string>;
  const names = Object.assign({}, ...parts.map((part) => part.names ?? {})) as Record<string, string>;
  const codes = Object.entries(names).map(([code, name]) => `${code} = ${name}`);
  return `Your data at ChatLink, as of ${momentInWords(madeAt)}

chatlink.json holds everything we hold about you. Any text editor or web browser opens it.
The folder "pictures" holds your pictures. If you have none, there is no such folder.

All times are in UTC: 2026-11-25T14:03:00.000Z is 25 November 2026, 14:03. "null" means there's nothing there.
Not included, because they'd open your account: your password (we don't know it), codes and links.


WHAT'S IN chatlink.json

${inLines({ madeAt: 'When this copy was made.', ...explained, missingFiles: 'Pictures you removed while we were preparing this copy. Usually none.' })}

WHAT THE CODES MEAN

${codes.join('\n')}
`.replaceAll(/\r?\n/g, '\r\n');
}
