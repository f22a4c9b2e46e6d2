/** The value below which this share of all lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
/** How often a value of one side is larger than one of the other: 0.5 tells nothing of either, 1 tells them apart each time. */
export function auc(left: readonly number[], right: readonly number[]): number {
  const ranked = [
    ...left.map((value) => ({ value, mine: 1 })),
    ...right.map((value) => ({ value, mine: 0 })),
  ];
  ranked.sort((a, b) => a.value - b.value);
  let [larger, before] = [0, 0];
  for (let n = 0; n < ranked.length; ) {
    const same = ranked.slice(n).findIndex(({ value }) => value !== ranked[n]!.value);
    const tied = ranked.slice(n, same < 0 ? ranked.length : n + same);
    const mine = tied.reduce((sum, one) => sum + one.mine, 0);
    larger += mine * (before + (tied.length - mine) / 2);
    before += tied.length - mine;
    n += tied.length;
  }
  const share = larger / (left.length * right.length);
  return Math.max(share, 1 - share);
}
export function ms(value: number): string {
  return value.toFixed(2);
}

/** Columns as wide as their widest cell, the first one to the left. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n]!) : cell.padStart(widths[n]!))).join('  '),
    )
    .join('\n');
}
