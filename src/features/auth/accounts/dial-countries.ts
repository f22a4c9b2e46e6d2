import { callingCode } from '../../../kernel/phone-number.ts';
import type { Names, Option } from '../../../web/views/names.ts';

/** Whether numbers of a country may be texted. */
export type Texted = (country: string) => boolean;

const dialLists = new WeakMap<Texted, WeakMap<Names, Option[]>>();

/**
 * Countries with their calling codes, "Germany (+49)", of those that may be texted. The code is isolated: in names that run to
 * the left its plus would stand behind it.
 */
export function dialCountries(names: Names, texted: Texted): Option[] {
  const lists = dialLists.get(texted) ?? new WeakMap<Names, Option[]>();
  dialLists.set(texted, lists);
  let list = lists.get(names);
  if (!list) {
    list = names.countries.flatMap(({ value, label }) => {
      const code = texted(value) ? callingCode(value) : null;
      return code ? [{ value, label: `${label} \u2066(+${code})\u2069` }] : [];
    });
    lists.set(names, list);
  }
  return list;
}
