import type { TestHouse } from './house.ts';

/** One line of Prometheus' text, without its value. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

function sample(line: string): Sample {
  const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key!, text!]);
  return { name, labels: Object.fromEntries(pairs), value: Number(value) };
}

/** All that a house with METRICS_PORT has counted so far. */
export async function samplesOf({ house }: TestHouse): Promise<Sample[]> {
  return (await house.metrics!.metrics())
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map(sample);
}

/** How much each value of a metric has grown by what `act` does, by its labels in alphabetical order. */
export async function grownBy(
  house: TestHouse,
  metric: string,
  act: () => Promise<unknown>,
): Promise<Record<string, number>> {
  const read = async () =>
    new Map(
      (await samplesOf(house))
        .filter(({ name }) => name === metric)
        .map(({ labels, value }) => [
          Object.keys(labels)
            .sort()
            .map((key) => labels[key])
            .join(' '),
          value,
        ]),
    );
  const before = await read();
  await act();
  const grown = [...(await read())].map(([key, value]) => [key, value - (before.get(key) ?? 0)] as const);
  return Object.fromEntries(grown.filter(([, more]) => more !== 0));
}
