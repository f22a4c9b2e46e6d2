import { callingCode } from '../../../kernel/phone-number.ts';
import type { Names, Option } from '../../../web/views/names.ts';

export type Texted = (country: string) => boolean;

const dialLists = new WeakMap<Texted, WeakMap<Names, Option[]>>();

/** "Germany (+49)". The code is isolated, since in right-to-left names its plus would move. */
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
