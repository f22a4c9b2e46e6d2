import type { Reply } from './client.ts';
import { settings } from './settings.ts';
import { auc, median, ms, quantile } from './statistics.ts';

/** Two ways that nobody may tell apart. Each act measures one request and answers with its reply. */
export interface Comparison {
  name: string;
  /** What both are answered. */
  status: number;
  acts: readonly [(n: number) => Promise<Reply>, (n: number) => Promise<Reply>];
  /** Fewer than usual, and of which the times are judged as well. */
  pairs?: number;
  maxAuc?: number;
  /** Before the n-th pair, unmeasured. */
  before?: (n: number) => Promise<void>;
}

/** A reply without what differs between two visits of one page and tells nothing. */
const masked = ({ status, body, location, retryAfter }: Reply): string =>
  [status, location, retryAfter, body]
    .join('\n')
    .replaceAll(/name="_csrf" value="[^"]+"/g, '')
    .replaceAll(/\b[a-z]\d{6}\b/g, 'NAME')
    .replaceAll(/(class="request-id">|"requestId":")[^<"]+/g, '$1ID')
    .replaceAll(/\b[kdu]•+/g, 'MASK')
    .replaceAll(/(class="reference">|for |message )[A-Z]{3}\b/g, '$1REF');

export interface Compared {
  row: string[];
  /** What was wrong with the answers, whatever time they took. */
  faults: string[];
}

export const heading = [
  'medians and 95th percentiles',
  'first',
  'second',
  'difference',
  'first p95',
  'second p95',
  'AUC',
];

/** Measures interleaved pairs, each in the other order than the one before, so that no side is always second. */
export const compare = async (comparison: Comparison): Promise<Compared> => {
  const { name, status, acts, before, pairs = settings.pairs, maxAuc } = comparison;
  const times: [number[], number[]] = [[], []];
  const faults = new Set<string>();
  for (let n = 0; n < settings.warmUp + pairs; n++) {
    await before?.(n);
    const replies: Reply[] = [];
    for (const side of n % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const))
      replies[side] = await acts[side](n);
    for (const reply of replies)
      if (reply.status !== status) faults.add(`${name}: answered ${reply.status} instead of ${status}`);
    if (masked(replies[0]!) !== masked(replies[1]!)) faults.add(`${name}: two pages that can be told apart`);
    if (n >= settings.warmUp) for (const side of [0, 1] as const) times[side].push(replies[side]!.ms);
  }
  const [left, right] = times;
  const medians = [median(left), median(right)] as const;
  const p95s = [quantile(left, 0.95), quantile(right, 0.95)];
  const apart = auc(left, right);
  if (maxAuc !== undefined && apart >= maxAuc)
    faults.add(`${name}: told apart by their time, AUC ${apart.toFixed(2)}`);
  const numbers = [...medians, medians[1] - medians[0], ...p95s, apart].map(ms);
  return { row: [name, ...numbers], faults: [...faults] };
};
