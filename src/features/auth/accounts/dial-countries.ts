import { callingCode } from '../../../kernel/phone-number.ts';
import type { Names, Option } from '../../../web/words/names.ts';

export type CanText = (country: string) => boolean;

const dialLists = new WeakMap<CanText, WeakMap<Names, Option[]>>();

/** "Germany (+49)". The code is isolated, since in right-to-left names its plus would move. */
export function dialCountries(names: Names, canText: CanText): Option[] {
  const lists = dialLists.get(canText) ?? new WeakMap<Names, Option[]>();
  dialLists.set(canText, lists);
  let list = lists.get(names);
  if (!list) {
    list = names.countries.flatMap(({ value, label }) => {
      const code = canText(value) ? callingCode(value) : null;
      return code ? [{ value, label: `${label} \u2066(+${code})\u2069` }] : [];
    });
    lists.set(names, list);
  }
  return list;
}
