import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What can happen to a one-time code. */
export type CodeEvent = 'sent' | 'undelivered' | 'verified' | 'wrong' | 'spent';

/** Where something goes, as it is counted: never an address, an id or a number. `country`: alpha-2 of a number, or "none". */
export interface ChannelLabels {
  channel: string;
  country: string;
}

export interface CodeLabels extends ChannelLabels {
  purpose: string;
}

/**
 * Why a message did not leave: its recipient's side will never take it, or not now, or our own way out is broken.
 */
export type DeliveryFailure = 'refused' | 'deferred' | 'outage';

/** What a process counts while it works. Labels are words of ours only, so their number is bounded. */
export interface Metrics {
  /** `route` is the template, "/people/:username"; `ms` milliseconds from the first byte to the answer. */
  answered(method: string, route: string, status: number, ms: number): void;
  /** A limit refused somebody; `limit` its name without whom it is for. */
  refused(limit: string): void;
  /** A password waited so many milliseconds for its turn at the hash. */
  hashWaited(ms: number): void;
  code(event: CodeEvent, labels: CodeLabels): void;
  deliveryFailed(channel: 'email' | 'mobile', failure: DeliveryFailure): void;
  joined(by: ChannelLabels): void;
  signIn(outcome: 'ok' | 'failed' | 'throttled'): void;
  /**
   * A try of a job ended: `ageMs` since the job was due, its wait in the queue and earlier tries included; `workMs` of
   * this try alone. `failed`: another try follows, `given-up`: none.
   */
  job(queue: string, outcome: 'done' | 'failed' | 'given-up', took: { ageMs: number; workMs: number }): void;
  /** A number of this process that is read whenever somebody asks; over several processes their sum. */
  gauge(name: string, help: string, read: () => number): void;
  /** As `watch`, of something that all processes share and see alike. */
  sharedGauge(name: string, help: string, read: () => Promise<number>): void;
}

/** For where nobody asks. */
export const noMetrics: Metrics = {
  answered: () => {},
  refused: () => {},
  hashWaited: () => {},
  code: () => {},
  deliveryFailed: () => {},
  joined: () => {},
  signIn: () => {},
  job: () => {},
  gauge: () => {},
  sharedGauge: () => {},
};

/** Seconds; a page is quick below a tenth, a sign-in is a hash, beyond two seconds people leave. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const JOB_BUCKETS = [0.05, 0.1, 0.5, 1, 5, 15, 30, 60, 300];

/** Limits whose first refusal is an alarm already. */
const alarming = [
  'sign-in-strangers',
  'sms-everywhere',
  'sms-news-everywhere',
  'sms-country',
  'sms-news-country',
  'sms-named-everywhere',
  'sms-named-country',
];

export interface PrometheusMetrics extends Metrics {
  registry: Registry;
}

/** Metrics in the words of Prometheus, with those of Node itself (event-loop lag, memory, open handles). */
export function createMetrics(): PrometheusMetrics {
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
  const deliveryFailures = new Counter({
    name: 'delivery_failures_total',
    help: 'Messages that did not leave: refused or deferred by the recipient, or an outage of our own way out',
    labelNames: ['channel', 'failure'],
    registers,
  });
  const joins = new Counter({
    name: 'accounts_created_total',
    help: 'People who joined, by the channel that they proved',
    labelNames: ['channel', 'country'],
    registers,
  });
  const signIns = new Counter({
    name: 'sign_ins_total',
    help: 'Tries to sign in by password',
    labelNames: ['outcome'],
    registers,
  });
  const jobHistogram = (name: string, help: string) =>
    new Histogram({ name, help, labelNames: ['queue', 'outcome'], buckets: JOB_BUCKETS, registers });
  const ages = jobHistogram('job_age_seconds', 'Time from when a job was due to the end of a try');
  const works = jobHistogram('job_duration_seconds', 'Time that one try of a job took');

  // A count that appears with its first event is no increase for Prometheus: alarms would miss it.
  for (const channel of ['email', 'mobile'])
    for (const failure of ['refused', 'deferred', 'outage']) deliveryFailures.inc({ channel, failure }, 0);
  for (const outcome of ['ok', 'failed', 'throttled']) signIns.inc({ outcome }, 0);
  for (const limit of alarming) refusals.inc({ limit }, 0);

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
    deliveryFailed: (channel, failure) => deliveryFailures.inc({ channel, failure }),
    joined: (by) => joins.inc({ ...by }),
    signIn: (outcome) => signIns.inc({ outcome }),
    job: (queue, outcome, { ageMs, workMs }) => {
      ages.observe({ queue, outcome }, ageMs / 1000);
      works.observe({ queue, outcome }, workMs / 1000);
    },
    gauge: (name, help, read) => gauge('sum', name, help, read),
    sharedGauge: (name, help, read) => gauge('max', name, help, read),
  };
}
