import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type CodeEvent = 'sent' | 'undelivered' | 'verified' | 'wrong' | 'spent';

/** Never an address or an id. `country`: alpha-2, or "none". */
export interface ChannelLabels {
  channel: string;
  country: string;
}

export interface CodeLabels extends ChannelLabels {
  purpose: string;
}

/** The recipient's side refused for good, or for now, or our side is broken. */
export type DeliveryFailure = 'refused' | 'deferred' | 'outage';

/** Labels come from closed lists, so their number is bounded. */
export interface Metrics {
  /** `route` is the template, "/people/:username". */
  answered(method: string, route: string, status: number, ms: number): void;
  refused(limit: string): void; // `limit`: its name, without whom it was for
  hashWaited(ms: number): void;
  code(event: CodeEvent, labels: CodeLabels): void;
  deliveryFailed(channel: 'email' | 'mobile', failure: DeliveryFailure): void;
  joined(by: ChannelLabels): void;
  signIn(outcome: 'ok' | 'failed' | 'throttled'): void;
  /** After each try: `ageMs` since the job was due, `workMs` of this try. `failed` is retried, `given-up` isn't. */
  job(queue: string, outcome: 'done' | 'failed' | 'given-up', took: { ageMs: number; workMs: number }): void;
  /** An act asked for over a socket, and what became of it: "ok", or why not. */
  liveAct(act: string, outcome: string): void;
  /** To people of this process; to other processes, or not since Redis is away. */
  hint(to: 'here' | 'published' | 'unpublished'): void;
  liveClosed(why: string): void;
  gauge(name: string, help: string, read: () => number): void; // summed over processes
  /** For what all processes share: the maximum is taken. */
  sharedGauge(name: string, help: string, read: () => Promise<number>): void;
}

export const noMetrics: Metrics = {
  answered: () => {},
  refused: () => {},
  hashWaited: () => {},
  code: () => {},
  deliveryFailed: () => {},
  joined: () => {},
  signIn: () => {},
  job: () => {},
  liveAct: () => {},
  hint: () => {},
  liveClosed: () => {},
  gauge: () => {},
  sharedGauge: () => {},
};

/** Seconds: a page takes less than a tenth, a sign-in hashes, beyond two people leave. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const JOB_BUCKETS = [0.05, 0.1, 0.5, 1, 5, 15, 30, 60, 300];

/** One refusal of these is an alarm. */
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
  const liveCounter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  const liveActs = liveCounter('live_acts_total', 'Acts asked for over sockets', ['act', 'outcome']);
  const hints = liveCounter('live_hints_total', 'Hints to sockets', ['to']);
  const liveClosed = liveCounter('live_closed_total', 'Sockets that the site closed', ['why']);
  const jobHistogram = (name: string, help: string) =>
    new Histogram({ name, help, labelNames: ['queue', 'outcome'], buckets: JOB_BUCKETS, registers });
  const ages = jobHistogram('job_age_seconds', 'Time from when a job was due to the end of a try');
  const works = jobHistogram('job_duration_seconds', 'Time that one try of a job took');

  // A series that begins at its first event shows no increase, and alarms miss it.
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
        // A store that is away must not hide the other numbers.
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
    liveAct: (act, outcome) => liveActs.inc({ act, outcome }),
    hint: (to) => hints.inc({ to }),
    liveClosed: (why) => liveClosed.inc({ why }),
    gauge: (name, help, read) => gauge('sum', name, help, read),
    sharedGauge: (name, help, read) => gauge('max', name, help, read),
  };
}
