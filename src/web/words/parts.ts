import {
  isArgumentElement,
  isLiteralElement,
  isPluralElement,
  isSelectElement,
  isTagElement,
  type MessageFormatElement,
  type PluralElement,
  type SelectElement,
  TYPE,
} from '@formatjs/icu-messageformat-parser';

export type Parts = readonly MessageFormatElement[];

/** `change` each part that holds no others, and each tag once its children are changed; at any depth. */
export function mapParts(
  parts: Parts,
  change: (part: MessageFormatElement) => readonly MessageFormatElement[],
): MessageFormatElement[] {
  return parts.flatMap((part) => {
    if (isTagElement(part)) return change({ ...part, children: mapParts(part.children, change) });
    if (!isPluralElement(part) && !isSelectElement(part)) return change(part);
    return [withOptions(part, (value) => mapParts(value, change))];
  });
}

function withOptions(
  part: PluralElement | SelectElement,
  change: (parts: Parts) => MessageFormatElement[],
): MessageFormatElement {
  const options = Object.entries(part.options).map(([name, option]) => [
    name,
    { ...option, value: change(option.value) },
  ]);
  return { ...part, options: Object.fromEntries(options) } as MessageFormatElement;
}

export function mapLiterals(parts: Parts, map: (text: string) => string): MessageFormatElement[] {
  return mapParts(parts, (part) => [isLiteralElement(part) ? { ...part, value: map(part.value) } : part]);
}

/** For plain text: a tag gives what is in it. */
export function withoutTags(parts: Parts): MessageFormatElement[] {
  return mapParts(parts, (part) => (isTagElement(part) ? part.children : [part]));
}

/** U+2068 and U+2069: what stands between them has the direction of its own letters, and moves no sign around it. */
const [isolate, end] = ['\u2068', '\u2069'].map((value) => ({ type: TYPE.literal as const, value }));

/** Names of people are drawn as `bdi`, which does the same. */
function setsApart(part: MessageFormatElement): boolean {
  return isTagElement(part) && ['bdi', 'who'].includes(part.value);
}

/** An address of the web stays as it is: what looks for one in a text would take the sign after it along. */
function isFilled(part: MessageFormatElement): boolean {
  if (isTagElement(part))
    return !setsApart(part) && part.children.length === 1 && isFilled(part.children[0]!);
  return isArgumentElement(part) && !/url$/i.test(part.value);
}

/**
 * From right to left a plus, a comma or the @ of a name would go to the wrong end of what a message is filled with: each
 * value is set apart, with its @, and around the tag that holds nothing else, so that a link's text can be copied.
 */
export function isolated(parts: Parts): MessageFormatElement[] {
  return parts.flatMap((part, place): readonly MessageFormatElement[] => {
    const next = parts[place + 1];
    if (isFilled(part)) {
      const before = parts[place - 1];
      const hasAt = before && isLiteralElement(before) && before.value.endsWith('@');
      return hasAt ? [part, end!] : [isolate!, part, end!];
    }
    if (setsApart(part)) return [part];
    if (isTagElement(part)) return [{ ...part, children: isolated(part.children) }];
    if (isPluralElement(part) || isSelectElement(part)) return [withOptions(part, isolated)];
    const isAt = isLiteralElement(part) && part.value.endsWith('@') && next && isFilled(next);
    return isAt ? [{ ...part, value: `${part.value.slice(0, -1)}${isolate!.value}@` }] : [part];
  });
}
