import type { RequestHandler } from 'express';
import type { Metrics } from '../platform/watching/metrics.ts';
import type { Feature, FormRules } from './feature.ts';
import { fileForms } from './forms/file-forms.ts';
import { belongsTo } from './routes.ts';

/** What two features may not both have. */
function once(what: string, names: readonly string[]): void {
  const twice = names.find((name, n) => names.indexOf(name) < n);
  if (twice !== undefined) throw new Error(`${what} is declared twice: ${twice}`);
}

/** Makes one site of its features, which are given in their order: each stands on those before it. */
export function mountFeatures(features: readonly Feature[], metrics: Metrics) {
  const formsOf = (feature: Feature) => Object.entries(feature.forms ?? {});
  const forms: ReadonlyMap<string, FormRules> = new Map(features.flatMap(formsOf));
  const jobs = features.flatMap((feature) => feature.jobs ?? []);
  const timers = features.flatMap((feature) => feature.timers ?? []);
  const kept = features.flatMap(({ privacy }) => privacy ?? []);

  once(
    'a feature',
    features.map(({ name }) => name),
  );
  once(
    'a form',
    features.flatMap(formsOf).map(([path]) => path),
  );
  once('a queue', [...jobs.map(({ queue }) => queue.name), ...new Set(timers.map(({ name }) => name))]);
  for (const feature of features) feature.metrics?.(metrics);

  return {
    /** `checks`: what is asked of every form that was read. They stand before those. */
    fileForms: (checks: readonly RequestHandler[]): RequestHandler[] =>
      features.flatMap(({ name, forms: own }) => (own ? [belongsTo(name, fileForms(own, checks))] : [])),
    pages: features.flatMap(({ name, pages }) => (pages ? [belongsTo(name, pages)] : [])),
    findable: features.flatMap(({ findable = [] }) => findable),
    forms,
    jobs,
    timers,
    exporters: kept.flatMap((data) => data.export ?? []),
    /** From the last feature to the first: what others stand on goes last. */
    erasers: kept.toReversed().flatMap(({ erase }) => erase ?? []),
  };
}

export type Site = ReturnType<typeof mountFeatures>;
