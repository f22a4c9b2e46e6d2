/** Each is near to each of its line. */
const together = [
  'no nb nn',
  'sr hr bs cnr',
  'id ms',
  'ak tw',
  'hi ur',
  'fa prs tg',
  'cs sk',
  'bg mk',
  'xh zu',
  'rn rw',
  'nd zu',
  'en sco',
  'fo is',
  'ga gd gv',
  'ary arz apc acm afb',
];

/** Each is near to the first, and not to the others for that. */
const around = [
  'zh yue nan wuu hak',
  'ar ary arz apc acm afb',
  'de gsw nds bar lb',
  'ku ckb',
  'it scn nap vec sc co',
  'es ast lad',
  'en jam pcm',
  'fr gcf mfe ht',
  'ht gcf',
  'pt kea',
  'kea pap',
  'nl af nds li',
  'hi bho mai',
  'bho mai',
  'tl ceb ilo hil',
  'ceb hil',
  'tpi bi',
  'bfi asf',
];

const near = new Map<string, Set<string>>();

function meet(one: string, other: string): void {
  if (one !== other) near.set(one, (near.get(one) ?? new Set()).add(other));
}

for (const line of together.map((codes) => codes.split(' ')))
  for (const one of line) for (const other of line) meet(one, other);
for (const [centre = '', ...others] of around.map((codes) => codes.split(' ')))
  for (const other of others) {
    meet(centre, other);
    meet(other, centre);
  }

/** Languages of which a speaker of this one may well know much, or which people mean by the same name (decision 0049). */
export function nearLanguages(code: string): readonly string[] {
  return [...(near.get(code) ?? [])];
}

/** Each pair of near languages, both ways round. */
export function nearPairs(): readonly (readonly [string, string])[] {
  return [...near].flatMap(([code, others]) => [...others].map((other) => [code, other] as const));
}
