import { graphemes } from '../../../kernel/text/text.ts';
import { listPolicy } from '../policy.ts';

/** The beginning of what is read elsewhere. */
export function excerptOf(text: string): string {
  const parts = graphemes(text, listPolicy.excerpt + 1);
  return parts.length > listPolicy.excerpt ? `${parts.slice(0, -1).join('')}…` : text;
}
