import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { houseOfThisFile } from '../../support/house.ts';
import { readQuery } from '../../support/promql.ts';

const house = await houseOfThisFile({ env: { METRICS_PORT: '0' }, jobs: false });

interface Metric {
  name: string;
  type: string;
}
/** Every name that the site exports, and every label beside those that Prometheus adds. */
const exported = house.house.metrics!.getMetricsAsArray() as unknown as (Metric & { labelNames: string[] })[];
const names = new Set(
  exported.flatMap(({ name, type }) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  ),
);
const labels = new Set([...exported.flatMap(({ labelNames }) => labelNames), 'le', 'job', 'instance']);
/** Values that are words of ours; src/platform/metrics.ts has them as types. */
const values: Record<string, string[]> = {
  event: ['sent', 'undelivered', 'verified', 'wrong', 'spent'],
  channel: ['email', 'mobile', 'by-name'],
  failure: ['refused', 'deferred', 'outage'],
  outcome: ['done', 'failed', 'given-up'],
  queue: ['messages', 'security', 'pictures', 'exports', 'cleanup'],
  // Names of limits, as they stand before the first colon of a key.
  limit: readdirSync('src/features', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => [...readFileSync(`src/features/${path}`, 'utf8').matchAll(/key: ['`]([a-z-]+)/g)])
    .map(([, name]) => name!),
};

const faultsOf = (queries: string[]): string[] =>
  queries
    .map(readQuery)
    .flatMap((query) => [
      ...(query.valid && query.metrics.length > 0 ? [] : [`no PromQL: ${query.text}`]),
      ...query.metrics.filter((name) => !names.has(name)).map((name) => `no metric: ${name}`),
      ...query.labels.filter((name) => !labels.has(name)).map((name) => `no label: ${name}`),
      ...query.values
        .filter(([label, value]) => values[label] && !values[label].includes(value))
        .map(([label, value]) => `no ${label}: ${value}`),
    ]);

test('the check finds a misspelt metric, label, value or query', () => {
  expect(
    faultsOf([
      'sum(rate(http_request_seconds_count[5m]))',
      'sum by (path) (http_request_duration_seconds_count)',
      'sum(one_time_codes_total{event=~"sent|delivered"})',
      'sum(limiter_refusals_total{limit="sms-all"})',
      'sum(sign_ins_total',
    ]),
  ).toEqual([
    'no metric: http_request_seconds_count',
    'no label: path',
    'no event: delivered',
    'no limit: sms-all',
    'no PromQL: sum(sign_ins_total',
  ]);
});

interface Panel {
  id: number;
  type: string;
  title: string;
  datasource?: { type: string; uid: string };
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { refId: string; expr: string; datasource: { uid: string } }[];
}
const dashboard = JSON.parse(readFileSync('deploy/grafana/chatlink.json', 'utf8')) as {
  schemaVersion: number;
  uid: string;
  title: string;
  templating: { list: { name: string; type: string; query: unknown }[] };
  panels: Panel[];
};
const graphs = dashboard.panels.filter(({ type }) => type !== 'row');

test('the dashboard asks for nothing that the site does not export', () => {
  const queries = graphs.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  expect(queries.length).toBeGreaterThan(40);
  expect(faultsOf(queries)).toEqual([]);
});

test('the dashboard shows every metric of ours', () => {
  const shown = new Set(
    graphs.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => readQuery(expr).metrics)),
  );
  const ours = exported.filter(({ name }) => !/^(process|nodejs)_/.test(name));
  expect(ours.length).toBeGreaterThan(20);
  expect(
    ours.filter(({ name }) => ![...shown].some((s) => s.replace(/_(bucket|count|sum)$/, '') === name)),
  ).toEqual([]);
});

test('the dashboard has the shape that Grafana wants', () => {
  expect(dashboard).toMatchObject({ schemaVersion: 39, uid: 'chatlink', title: 'ChatLink' });
  expect(dashboard.templating.list[0]).toMatchObject({
    name: 'datasource',
    type: 'datasource',
    query: 'prometheus',
  });
  const ids = dashboard.panels.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { datasource, targets = [], title } of graphs) {
    expect(title).not.toBe('');
    expect(datasource).toEqual({ type: 'prometheus', uid: '${datasource}' });
    expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    for (const target of targets) expect(target.datasource.uid).toBe('${datasource}');
  }
});

test('no panel lies on another, and none sticks out', () => {
  const taken = new Set<string>();
  for (const { gridPos, title } of dashboard.panels) {
    expect([title, gridPos.x + gridPos.w <= 24]).toEqual([title, true]);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect([title, taken.has(`${x}/${y}`)]).toEqual([title, false]);
        taken.add(`${x}/${y}`);
      }
  }
});

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string; description: string };
}
const { groups } = parse(readFileSync('deploy/prometheus/alerts.yaml', 'utf8')) as {
  groups: { name: string; rules: Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);

test('no alarm listens for something that the site does not export', () => {
  expect(rules.length).toBeGreaterThan(10);
  expect(faultsOf(rules.map(({ expr }) => expr))).toEqual([]);
});

test('every alarm has a name of its own, says how urgent it is and what to look at', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  const operations = readFileSync('docs/operations.md', 'utf8');
  for (const rule of rules) {
    expect(
      Object.keys(rule).filter((k) => !['alert', 'expr', 'for', 'labels', 'annotations'].includes(k)),
    ).toEqual([]);
    expect(rule.alert).toMatch(/^ChatLink[A-Z]\w+$/);
    expect(['page', 'ticket']).toContain(rule.labels.severity);
    expect(rule.for ?? '1m').toMatch(/^\d+m$/);
    expect(rule.annotations.summary.length).toBeGreaterThan(10);
    expect(rule.annotations.description.length).toBeGreaterThan(20);
    expect(operations).toContain(rule.alert);
  }
});
