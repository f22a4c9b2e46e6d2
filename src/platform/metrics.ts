import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What can happen to a one-time code. */
export type CodeEvent = 'sent' | 'undelivered' | 'verified' | 'wrong' | 'spent';

/** What of a code is counted: never an address, an id or a number. `country`: alpha-2 of a number, or "none". */
export interface CodeLabels {
  purpose: string;
  channel: string;
  country: string;
}

/** What a process counts while it works. Labels are words of ours only, so their number is bounded. */
export interface Metrics {
  /** `route` is the template, "/people/:username"; `ms` milliseconds from the first byte to the answer. */
  answered(method: string, route: string, status: number, ms: number): void;
  /** A limit refused somebody; `limit` its name without whom it is for. */
  refused(limit: string): void;
  /** A password waited so many milliseconds for its turn at the hash. */
  hashWaited(ms: number): void;
  code(event: CodeEvent, labels: CodeLabels): void;
  /** A job ended: `ms` since it was due, its wait in the queue included. */
  job(queue: string, outcome: 'done' | 'failed', ms: number): void;
  /** A number of this process that is read whenever somebody asks; over several processes their sum. */
  watch(name: string, help: string, read: () => number): void;
  /** As `watch`, of something that all processes share and see alike. */
  watchShared(name: string, help: string, read: () => Promise<number>): void;
}

/** For where nobody asks. */
export const noMetrics: Metrics = {
  answered: () => {},
  refused: () => {},
  hashWaited: () => {},
  code: () => {},
  job: () => {},
  watch: () => {},
  watchShared: () => {},
};

/** Seconds; a page is quick below a tenth, a sign-in is a hash, beyond two seconds people leave. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const JOB_BUCKETS = [0.05, 0.1, 0.5, 1, 5, 15, 30, 60, 300];

export interface PrometheusMetrics extends Metrics {
  registry: Registry;
}

/** Metrics in the words of Prometheus, with those of Node itself (event-loop lag, memory, open handles). */
export const createMetrics = (): PrometheusMetrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route template',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const refusals = new Counter({
    name: 'limiter_refusals_total',
    help: 'Requests that a limit refused',
    labelNames: ['limit'],
    registers,
  });
  const waits = new Histogram({
    name: 'password_hash_wait_seconds',
    help: 'Time a password waited for its turn at the hash',
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const codes = new Counter({
    name: 'one_time_codes_total',
    help: 'One-time codes sent, undelivered, verified, wrong, or refused because a budget was spent',
    labelNames: ['event', 'purpose', 'channel', 'country'],
    registers,
  });
  const jobs = new Histogram({
    name: 'job_age_seconds',
    help: 'Time from when a job was due to its end',
    labelNames: ['queue', 'outcome'],
    buckets: JOB_BUCKETS,
    registers,
  });

  const gauge = (
    aggregator: 'sum' | 'max',
    name: string,
    help: string,
    read: () => number | Promise<number>,
  ): void => {
    const made: Gauge = new Gauge({
      name,
      help,
      registers,
      aggregator,
      async collect() {
        // A store that is away must not hide all other numbers.
        made.set(await Promise.resolve(read()).catch(() => Number.NaN));
      },
    });
  };

  return {
    registry,
    answered: (method, route, status, ms) => requests.observe({ method, route, status }, ms / 1000),
    refused: (limit) => refusals.inc({ limit }),
    hashWaited: (ms) => waits.observe(ms / 1000),
    code: (event, labels) => codes.inc({ event, ...labels }),
    job: (queue, outcome, ms) => jobs.observe({ queue, outcome }, ms / 1000),
    watch: (name, help, read) => gauge('sum', name, help, read),
    watchShared: (name, help, read) => gauge('max', name, help, read),
  };
};
