import type { Request, RequestHandler } from 'express';
import type { Metrics } from '../platform/watching/metrics.ts';
import type { Feature } from './feature.ts';
import { fileForms } from './forms/file-forms.ts';
import { type Forms, rulesByPath } from './forms/form-rules.ts';
import { belongsTo } from './routes.ts';
import type { SitePaths } from './session/site-paths.ts';

function once(what: string, names: readonly string[]): void {
  const twice = names.find((name, n) => names.indexOf(name) < n);
  if (twice !== undefined) throw new Error(`${what} is declared twice: ${twice}`);
}

function pathsOf(features: readonly Feature[]): Omit<SitePaths, 'formPage'> {
  const paths = features.flatMap((feature) => Object.entries(feature.paths ?? {}));
  once(
    'a path of the site',
    paths.map(([what]) => what),
  );
  const { signIn, start, confirm }: Partial<SitePaths> = Object.fromEntries(paths);
  if (!signIn || !start || !confirm) throw new Error('a path of the site is declared by no feature');
  return { signIn, start, confirm };
}

/** Makes one site of its features, which are given in their order: each stands on those before it. */
export function mountFeatures(features: readonly Feature[], metrics: Metrics) {
  const allForms = features.flatMap(({ forms = {} }) => Object.entries(forms));
  const jobs = features.flatMap((feature) => feature.jobs ?? []);
  const timers = features.flatMap((feature) => feature.timers ?? []);
  once(
    'a feature',
    features.map(({ name }) => name),
  );
  once(
    'a form',
    allForms.map(([path]) => path),
  );
  once('the time of a timer', [
    ...new Map(timers.map(({ name, every }) => [`${name} ${every}`, name])).values(),
  ]);
  once('a queue', [...jobs.map(({ queue }) => queue.name), ...new Set(timers.map(({ name }) => name))]);
  for (const feature of features) feature.metrics?.(metrics);

  const forms: Forms = Object.fromEntries(allForms);
  const [rulesOf, asWritten] = [rulesByPath(forms), rulesByPath(forms, (path) => path)];
  const kept = features.flatMap(({ privacy }) => privacy ?? []);
  return {
    /** `checks`: what is asked of every form that was read. They stand before those. */
    fileForms: (checks: readonly RequestHandler[]): RequestHandler[] =>
      features.flatMap(({ name, forms: own = {} }) =>
        Object.values(own).some(({ files }) => files) ? [belongsTo(name, fileForms(own, checks))] : [],
      ),
    /** From the last: a router tries one route after the other, and auth has most of them. */
    pages: features.toReversed().flatMap(({ name, pages }) => (pages ? [belongsTo(name, pages)] : [])),
    findable: features.flatMap(({ findable = [] }) => findable),
    paths: { ...pathsOf(features), formPage: (path: string) => rulesOf(path)?.page ?? null },
    rulesOf,
    /** As the address is written: another spelling of it takes no larger form. */
    boundsOf: (path: string) => asWritten(path)?.bounds,
    limitOf: ({ path }: Pick<Request, 'path'>) => rulesOf(path)?.limit,
    acts: Object.fromEntries(features.map(({ name, acts = [] }) => [name, acts])),
    jobs,
    timers,
    subscriptions: features.flatMap(({ on = [] }) => on),
    exporters: kept.flatMap((data) => data.export ?? []),
    /** From the last feature to the first: what others stand on goes last. */
    erasers: kept.toReversed().flatMap((data) => data.erase ?? []),
  };
}

export type Site = ReturnType<typeof mountFeatures>;
