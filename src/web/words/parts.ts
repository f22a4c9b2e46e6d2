import {
  isLiteralElement,
  isPluralElement,
  isSelectElement,
  isTagElement,
  type MessageFormatElement,
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
    const options = Object.entries(part.options).map(([name, option]) => [
      name,
      { ...option, value: mapParts(option.value, change) },
    ]);
    return [{ ...part, options: Object.fromEntries(options) } as typeof part];
  });
}

export function mapLiterals(parts: Parts, map: (text: string) => string): MessageFormatElement[] {
  return mapParts(parts, (part) => [isLiteralElement(part) ? { ...part, value: map(part.value) } : part]);
}

/** For plain text: a tag gives what is in it. */
export function withoutTags(parts: Parts): MessageFormatElement[] {
  return mapParts(parts, (part) => (isTagElement(part) ? part.children : [part]));
}
