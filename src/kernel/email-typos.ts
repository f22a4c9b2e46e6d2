/** Common ones with names long enough to tell a typo. */
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

/** Real domains, one letter away from those. */
const realNeighbours = new Set(['mail.com', 'email.com', 'ymail.com', 'rocketmail.com', 'cloud.com']);

/** One letter added, lost, changed, or swapped with its neighbour. */
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

/** "ann@gmial.con" → "gmail.com". One slip on each side of the first dot, so "yahoo.ca" stays. Null: looks right. */
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
