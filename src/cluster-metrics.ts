import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry, Gauge, type MetricObject, Registry } from 'prom-client';
import { seconds } from './kernel/clock.ts';
import type { MetricsSource } from './web/metrics.ts';

interface Asked {
  metricsFor: number;
}
interface Answered extends Asked {
  metrics: MetricObject[];
}

const PATIENCE = seconds(2);

/** The largest process counts, since an orchestrator ends each by itself; prom-client would add them up. */
const LARGEST = new Set(['process_resident_memory_bytes']);

export function answerClusterMetrics(registry: Registry): void {
  process.on('message', (message: Partial<Asked> | null) => {
    const asked = message?.metricsFor;
    if (typeof asked !== 'number') return;
    void registry.getMetricsAsJSON().then((metrics) => process.send?.({ metricsFor: asked, metrics }));
  });
}

function asked(worker: Worker, id: number): Promise<MetricObject[] | null> {
  return new Promise((resolve) => {
    const done = (metrics: MetricObject[] | null): void => {
      clearTimeout(timer);
      worker.off('message', hear);
      worker.off('exit', gone);
      resolve(metrics);
    };
    const gone = () => done(null);
    const hear = (message: Partial<Answered> | null): void => {
      if (message?.metricsFor === id) done(message.metrics ?? null);
    };
    const timer = setTimeout(gone, PATIENCE);
    worker.on('message', hear);
    worker.once('exit', gone);
    worker.send({ metricsFor: id } satisfies Asked, (err) => err && gone());
  });
}

/** Only what ever grows: a dead process has no memory and no connections. */
function counts(metrics: MetricObject[]): MetricObject[] {
  return metrics.filter(({ type }) => String(type) === 'counter' || String(type) === 'histogram');
}

/** Sums up all web processes. The last counts of dead ones stay, or the sums would fall. */
export function clusterMetrics(): MetricsSource {
  const lastOf = new Map<number, MetricObject[]>();
  const departed = new Map<number, MetricObject[]>();
  let longGone: MetricObject[] = [];
  let questions = 0;
  cluster.on('exit', ({ id }) => {
    const last = lastOf.get(id);
    lastOf.delete(id);
    if (last) departed.set(id, counts(last));
  });

  const own = new Registry();
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [own] });
  const running = gauge('web_processes', 'Web processes that run');
  const silent = gauge('web_processes_silent', 'Web processes that did not say what they count');

  return {
    contentType: own.contentType,
    async text() {
      const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
      const id = ++questions;
      longGone = sum([longGone, ...departed.values()]);
      departed.clear();
      const heard = new Map<number, MetricObject[]>();
      await Promise.all(
        workers.map(async (worker) => {
          const metrics = await asked(worker, id);
          if (!metrics) return;
          heard.set(worker.id, metrics);
          if (!worker.isDead()) lastOf.set(worker.id, metrics);
        }),
      );
      running.set(workers.length);
      silent.set(workers.length - heard.size);
      // A process that answered and then died is counted once.
      const gone = [...departed].filter(([process]) => !heard.has(process)).map(([, metrics]) => metrics);
      const parts = [longGone, ...gone, ...[...heard.values()].map(byLargest)];
      return AggregatorRegistry.aggregate([...parts, await own.getMetricsAsJSON()]).metrics();
    },
  };
}

function byLargest(metrics: MetricObject[]): MetricObject[] {
  return metrics.map((metric) => (LARGEST.has(metric.name) ? { ...metric, aggregator: 'max' } : metric));
}

function sum(lists: MetricObject[][]): MetricObject[] {
  return AggregatorRegistry.aggregate(lists).getMetricsAsArray();
}
