import { z } from 'zod';
import { readWrittenText, type TextFault, type TextLimits } from '../../kernel/text/written-text.ts';

const number = new Intl.NumberFormat('en');

/** Isolated, as its direction may differ from our sentence's. */
function after(near: string): string {
  return near ? ` after “\u2068${near}\u2069”` : ' at its beginning';
}

function whyRefused(what: string, found: TextFault, limits: TextLimits): string {
  switch (found.fault) {
    case 'length': {
      const most = `Use at most ${number.format(limits.graphemes)} characters.`;
      return found.count === null ? most : `${most} You've used ${number.format(found.count)}.`;
    }
    case 'lines':
      return `Use at most ${limits.lines} lines. You've used ${number.format(found.count)}.`;
    case 'control':
      return `Your ${what} has a control character${limits.lines === 1 ? ' or a line break' : ''}${after(found.near)}. Please delete it.`;
    case 'direction':
      return `Your ${what} has an invisible character that reverses the direction of text${after(found.near)}. Please delete it.`;
    case 'invisible':
      return `Your ${what} has an invisible character${after(found.near)}. Please delete it, or type that part again.`;
    case 'unshowable':
      return `Your ${what} has a character that most devices can't show${after(found.near)}. Please delete it.`;
    case 'stacked':
      return `Your ${what} has too many accents on one letter, or accents without a letter${after(found.near)}. Please remove some.`;
  }
}

/** `what`: its name in a sentence. */
export function writtenText(what: string, limits: TextLimits) {
  return z.string().transform((typed, ctx) => {
    const read = readWrittenText(typed, limits);
    if (read.ok) return read.text;
    ctx.addIssue({ code: 'custom', message: whyRefused(what, read, limits) });
    return z.NEVER;
  });
}
