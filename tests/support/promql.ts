import { parser } from '@prometheus-io/lezer-promql';

export interface Query {
  text: string;
  /** Whether Prometheus' own grammar understands it. */
  valid: boolean;
  /** Names of metrics. */
  metrics: string[];
  /** Labels that are asked for or grouped by. */
  labels: string[];
  /** Label and value of each comparison; alternatives one by one. */
  values: [string, string][];
}

/** Reads PromQL. Grafana's own variables stand for a duration or a word. */
export function readQuery(text: string): Query {
  const plain = text.replaceAll('$__rate_interval', '5m').replaceAll('$job', '.*');
  const query: Query = { text, valid: true, metrics: [], labels: [], values: [] };
  let label = '';
  parser.parse(plain).iterate({
    enter: ({ type, name, from, to }) => {
      const word = plain.slice(from, to);
      if (type.isError) query.valid = false;
      if (name === 'Identifier') query.metrics.push(word);
      if (name === 'LabelName') {
        label = word;
        query.labels.push(word);
      }
      if (name === 'StringLiteral' && label)
        for (const value of word.slice(1, -1).split('|')) query.values.push([label, value]);
    },
  });
  return query;
}
