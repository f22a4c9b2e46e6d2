import type { Request, RequestHandler } from 'express';
import type { Ask } from '../platform/stores/question.ts';
import type { Metrics } from '../platform/watching/metrics.ts';
import type { Feature } from './feature.ts';
import { fileForms } from './forms/file-forms.ts';
import { type Forms, pageOf, rulesByPath } from './forms/form-rules.ts';
import { footerOf } from './views/footer.ts';
import { createNavFacts, navOf } from './views/nav.ts';
import { belongsTo } from './routes.ts';
import type { SitePaths } from './session/site-paths.ts';
import { settingsList } from './views/slots.ts';

function once(what: string, names: readonly string[]): void {
  const twice = names.find((name, n) => names.indexOf(name) < n);
  if (twice !== undefined) throw new Error(`${what} is declared twice: ${twice}`);
}

/** What features declare by name, each by one of them. */
function named<Thing>(what: string, declared: readonly (Readonly<Record<string, Thing>> | undefined)[]) {
  const things = declared.flatMap((one = {}) => Object.entries(one));
  once(
    what,
    things.map(([name]) => name),
  );
  return Object.fromEntries(things);
}

function pathsOf(features: readonly Feature[]): Omit<SitePaths, 'formPage'> {
  const paths: Partial<SitePaths> = named(
    'a path of the site',
    features.map((feature) => feature.paths),
  );
  const { signIn, start, welcome, own, settings, account, terms, privacy, barred, confirm } = paths;
  const isComplete = signIn && start && welcome && own && settings && account && terms && privacy;
  if (!isComplete || !barred || !confirm) throw new Error('a path of the site is declared by no feature');
  const members = { start, welcome, own, settings, account, barred, confirm };
  return { signIn, ...members, terms, privacy, outbox: paths.outbox ?? null };
}

/** What pages show that features declare: the header, and rows on pages of others. */
function frameOf(features: readonly Feature[], { settings, outbox }: Pick<SitePaths, 'settings' | 'outbox'>) {
  const nav = features.flatMap((feature) => feature.nav ?? []);
  const rows = features.flatMap(({ slots }) => slots?.['settings.rows'] ?? []);
  once(
    'an item of the header',
    nav.map(({ to, path }) => `${path} for ${to}`),
  );
  once(
    'a row of the settings',
    rows.map(({ path }) => path),
  );
  return {
    frame: {
      nav: navOf(nav),
      footer: footerOf(features.flatMap((feature) => feature.footer ?? [])),
      settings: { path: settings, groups: settingsList(rows) },
      outbox,
    },
    navFactsBy: (ask: Ask) => createNavFacts(nav, ask),
  };
}

/** Makes one site of its features, which are given in their order: each stands on those before it. */
export function mountFeatures(features: readonly Feature[], metrics: Metrics) {
  const jobs = features.flatMap((feature) => feature.jobs ?? []);
  const timers = features.flatMap((feature) => feature.timers ?? []);
  once(
    'a feature',
    features.map(({ name }) => name),
  );
  once('the time of a timer', [
    ...new Map(timers.map(({ name, every }) => [`${name} ${every}`, name])).values(),
  ]);
  once('a queue', [...jobs.map(({ queue }) => queue.name), ...new Set(timers.map(({ name }) => name))]);
  for (const feature of features) feature.metrics?.(metrics);

  const paths = pathsOf(features);
  const forms: Forms = named(
    'a form',
    features.map((feature) => feature.forms),
  );
  const media = named(
    'a kind of media',
    features.map((feature) => feature.media),
  );
  const reportable = named(
    'a kind of report',
    features.map((feature) => feature.reportable),
  );
  const hints = named(
    'a hint',
    features.map((feature) => feature.hints),
  );
  const permissions = named(
    'what a page may ask a browser for',
    features.map((feature) => feature.permissions),
  );
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
    paths: { ...paths, formPage: (path: string) => pageOf(rulesOf(path), path) },
    ...frameOf(features, paths),
    personActions: features.flatMap(({ slots }) => slots?.['person.actions'] ?? []),
    personSections: features.flatMap(({ slots }) => slots?.['person.sections'] ?? []),
    media: new Map(Object.entries(media)),
    permissions,
    hints: new Map(Object.entries(hints)),
    reportable: new Map(Object.entries(reportable)),
    evidenceOfPerson: features.flatMap((feature) => feature.evidenceOfPerson ?? []),
    profileRemovals: features.flatMap((feature) => feature.profileRemoval ?? []),
    unwelcome: features.flatMap((feature) => feature.unwelcome ?? []),
    acquainted: features.flatMap((feature) => feature.acquainted ?? []),
    onLeaving: features.flatMap((feature) => feature.onLeaving ?? []),
    onBlocked: features.flatMap((feature) => feature.onBlocked ?? []),
    rulesOf,
    /** As the address is written: another spelling of it takes no larger form. */
    boundsOf: (path: string) => asWritten(path)?.bounds,
    limitOf: ({ path }: Pick<Request, 'path'>) => rulesOf(path)?.limit,
    acts: Object.fromEntries(features.map(({ name, acts = [] }) => [name, acts])),
    jobs,
    timers,
    subscriptions: features.flatMap(({ on = [] }) => on),
    kept: kept.flatMap((data) => data.kept ?? []),
    cookies: kept.flatMap((data) => data.cookies ?? []),
    exporters: kept.flatMap((data) => data.export ?? []),
    /** From the last feature to the first: what others stand on goes last. */
    erasers: kept.toReversed().flatMap((data) => data.erase ?? []),
  };
}

export type Site = ReturnType<typeof mountFeatures>;
