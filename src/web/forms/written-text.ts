import { z } from 'zod';
import { issue, type Message } from '../../kernel/message.ts';
import { readWrittenText, type TextFault, type TextLimits } from '../../kernel/text/written-text.ts';

/** `what`: what was written, as a sentence begins with it: "Your greeting". */
function whyRefused(what: Message, found: TextFault, limits: TextLimits): string {
  switch (found.fault) {
    case 'length': {
      const [most, { count }] = [limits.graphemes, found];
      return count === null
        ? issue('web.text.tooLong', { most })
        : issue('web.text.tooLongBy', { most, count });
    }
    case 'lines':
      return issue('web.text.manyLines', { most: limits.lines, count: found.count });
    case 'control':
      return issue('web.text.control', {
        what,
        lines: limits.lines === 1 ? 'one' : 'many',
        ...placeOf(found.near),
      });
    case 'direction':
    case 'invisible':
    case 'unshowable':
    case 'stacked':
      return issue(`web.text.${found.fault}`, { what, ...placeOf(found.near) });
  }
}

function placeOf(near: string): { place: 'after' | 'beginning'; near: string } {
  return { place: near ? 'after' : 'beginning', near };
}

export function writtenText(what: Message, limits: TextLimits) {
  return z.string().transform((typed, ctx) => {
    const read = readWrittenText(typed, limits);
    if (read.ok) return read.text;
    ctx.addIssue({ code: 'custom', message: whyRefused(what, read, limits) });
    return z.NEVER;
  });
}
