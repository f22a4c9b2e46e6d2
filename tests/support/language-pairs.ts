const pairs = ['af sq', 'am hy', 'az eu', 'be bn', 'bs br', 'bg my', 'ca ceb', 'co cy'];

/** Two languages for each test of a file, so that nobody of another one stands in its lists. */
export function languagePairs(): () => [string, string] {
  let used = 0;
  return () => pairs[used++]!.split(' ') as [string, string];
}
