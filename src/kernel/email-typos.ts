/** Ten of the providers that most people have their mail at, whose names are long enough to see a slip in. */
const providers = [
  'gmail.com',
  'googlemail.com',
  'yahoo.com',
  'hotmail.com',
  'outlook.com',
  'icloud.com',
  'protonmail.com',
  'yandex.ru',
  'naver.com',
  'rediffmail.com',
];

/** One slip away from one of those, and somebody's own domain. */
const realNeighbours = new Set(['mail.com', 'email.com', 'ymail.com', 'rocketmail.com', 'cloud.com']);

/** Whether one letter too many, too few, wrong or changed about with its neighbour is all that two words differ in. */
function isOneSlipApart(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (x.length <= 1 && y.length <= 1) return true;
  return x.length === 2 && y.length === 2 && x === `${y[1]}${y[0]}`;
}

function cut(domain: string): [name: string, end: string] {
  const dot = domain.indexOf('.');
  return [domain.slice(0, dot), domain.slice(dot + 1)];
}

/**
 * The domain that was probably meant by an address: "ann@gmial.con" → "gmail.com". At most one slip before the first dot
 * and one behind it, so that "yahoo.ca" and "outlook.fr" stay what they are. Null where nothing looks wrong.
 */
export function intendedDomain(address: string): string | null {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  if (providers.includes(domain) || realNeighbours.has(domain)) return null;
  const [name, end] = cut(domain);
  return (
    providers.find((provider) => {
      const [itsName, itsEnd] = cut(provider);
      return isOneSlipApart(name, itsName) && isOneSlipApart(end, itsEnd);
    }) ?? null
  );
}
