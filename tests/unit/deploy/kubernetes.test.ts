import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Job } from 'kubernetes-models/batch/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service, ServiceAccount } from 'kubernetes-models/v1';
import { parseAllDocuments } from 'yaml';
import { readConfig } from '../../../src/config/config.ts';

const folder = 'deploy/kubernetes';
/** Every kind that we use, with the cluster's own schema. */
const models = {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  Job,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
  ServiceAccount,
};

interface Manifest {
  kind: keyof typeof models;
  metadata: { name: string };
}

const all = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) => parseAllDocuments(readFileSync(`${folder}/${file}`, 'utf8')))
  .map((document) => document.toJS() as Manifest);
function one<Kind extends keyof typeof models>(kind: Kind, name: string) {
  return all.find((m) => m.kind === kind && m.metadata.name === name) as unknown as InstanceType<
    (typeof models)[Kind]
  >;
}

function validate(manifest: Manifest): void {
  const Model = models[manifest.kind] as unknown as new (data: object) => { validate(): void };
  new Model(manifest).validate();
}

test.each(all.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest] as const))(
  '%s fits the schema of Kubernetes',
  (_, manifest) => expect(() => validate(manifest)).not.toThrow(),
);

test('the schema finds a missing field and one of the wrong kind', () => {
  expect(() =>
    validate({ kind: 'Service', metadata: { name: 'x' }, spec: { ports: [{}] } } as Manifest),
  ).toThrow();
  const web = structuredClone(one('Deployment', 'chatlink-web')) as unknown as Manifest & { spec: object };
  expect(() => validate({ ...web, spec: { ...web.spec, replicas: 'two' } } as Manifest)).toThrow();
});

const secrets = {
  SESSION_SECRET: 'kZ3v9QmT7xW1pR5sB8nD2fG6hJ4lC0aY',
  OTP_KEYS: `k1:${Buffer.from('kQ8vT2mZ5xR9wB3nJ7cL1hF6dP4sG0aY').toString('base64')}`,
  DATABASE_URL: 'postgresql://chatlink@pgbouncer:6432/chatlink',
  REDIS_URL: 'redis://redis',
  SMTP_URL: 'smtp://mail',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'secret',
};

test('with the secrets that the comment names, production accepts the configuration', () => {
  const config = readConfig({ ...one('ConfigMap', 'chatlink').data, ...secrets });
  expect(config).toMatchObject({
    production: true,
    worker: 'separate',
    trustedProxyHops: 1,
    metricsPort: 9464,
  });
  const said = readFileSync(`${folder}/config.yaml`, 'utf8');
  for (const name of Object.keys(secrets)) expect(said).toContain(`--from-literal=${name}=`);
  expect(said).toContain('create secret generic chatlink-migrate --from-literal=MIGRATE_DATABASE_URL=');
});

const pods = ['chatlink-web', 'chatlink-worker'].map((name) => one('Deployment', name).spec!.template);
const containers = [...pods, one('Job', 'chatlink-migrate').spec!.template].map(
  (pod) => pod.spec!.containers[0]!,
);

describe('every pod', () => {
  test('runs one of the commands of the image, by one tag', () => {
    const commands = containers.map(({ command }) => command?.join(' '));
    expect(new Set(commands)).toEqual(
      new Set([
        'node --enable-source-maps dist/main.js',
        'node --enable-source-maps dist/worker.js',
        'node bin/migrate.mjs',
      ]),
    );
    for (const command of commands) expect(readFileSync('Dockerfile', 'utf8')).toContain(command);
    expect(new Set(containers.map(({ image }) => image)).size).toBe(1);
  });

  test('may change nothing and become nobody else', () => {
    for (const { securityContext } of containers)
      expect(securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
  });

  test('has time to finish what it has in hand', () => {
    for (const pod of pods) expect(pod.spec!.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(15);
  });
});

test('the service finds the web pods, and the autoscaler and the budget mean them', () => {
  const labels = pods[0]!.metadata!.labels!;
  expect(labels).toMatchObject(one('Service', 'chatlink-web').spec!.selector!);
  expect(labels).toMatchObject(one('PodDisruptionBudget', 'chatlink-web').spec!.selector!.matchLabels!);
  expect(one('HorizontalPodAutoscaler', 'chatlink-web').spec!.scaleTargetRef).toMatchObject({
    kind: 'Deployment',
    name: 'chatlink-web',
  });
});

test('all pods together stay below the connections that Postgres has by default', () => {
  const { maxReplicas } = one('HorizontalPodAutoscaler', 'chatlink-web').spec!;
  const [web, worker] = ['chatlink-web', 'chatlink-worker'].map((name) => one('Deployment', name).spec!);
  const surge = [web, worker].map((spec) => Number(spec!.strategy!.rollingUpdate!.maxSurge));
  // Ten a process (src/platform/stores/db.ts); ten are left to whoever looks after Postgres.
  const most = (maxReplicas + surge[0]! + worker!.replicas! + surge[1]!) * 10;
  expect(most).toBeLessThanOrEqual(100 - 10);
});

test('the autoscaler acts before the one thread that runs the pages is full', () => {
  const target = one('HorizontalPodAutoscaler', 'chatlink-web').spec!.metrics![0]!.resource!.target;
  const { cpu } = pods[0]!.spec!.containers[0]!.resources!.requests as { cpu: string };
  expect((Number(cpu) * target.averageUtilization!) / 100).toBeLessThan(0.8);
});

test('a worker has memory for a picture on each of its cores, and for itself', () => {
  const { cpu, memory } = containers[1]!.resources!.limits as { cpu: string; memory: string };
  expect(memory).toBe('2Gi');
  expect(2048 - Number(cpu) * 640).toBeGreaterThan(512);
});

test('site and worker take one secret, which the owner of the tables is not in', () => {
  for (const { envFrom, env = [] } of containers.slice(0, 2)) {
    expect(envFrom!.flatMap(({ secretRef }) => secretRef?.name ?? [])).toEqual(['chatlink']);
    expect(env.filter(({ valueFrom }) => valueFrom)).toEqual([]);
  }
});

test('migrations know the owner of the tables and the role they let in, and no other secret', () => {
  const { env, envFrom } = containers[2]!;
  expect(envFrom).toBeUndefined();
  expect(env).toEqual([
    {
      name: 'MIGRATE_DATABASE_URL',
      valueFrom: { secretKeyRef: { name: 'chatlink-migrate', key: 'MIGRATE_DATABASE_URL' } },
    },
    { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'chatlink', key: 'DATABASE_URL' } } },
  ]);
});

test('pods may reach every store, poolers and Sentinel, mail, https and traces', () => {
  const { egress } = one('NetworkPolicy', 'chatlink').spec!;
  const ports = egress!.flatMap((rule) => rule.ports!.map(({ port }) => port));
  expect(new Set(ports)).toEqual(new Set([53, 443, 465, 587, 4318, 5432, 6379, 6432, 26379]));
});

test('pods reach names, stores and traces where those are, and outside nothing that is private', () => {
  const { egress } = one('NetworkPolicy', 'chatlink').spec!;
  for (const { to, ports } of egress!) {
    expect(to!.length).toBeGreaterThan(0);
    const blocks = to!.flatMap(({ ipBlock }) => ipBlock ?? []);
    if (blocks.length === 0) continue;
    expect(ports!.map(({ port }) => port)).toEqual([587, 465, 443]);
    const except = blocks.flatMap(({ except: some }) => some!);
    for (const range of ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', 'fc00::/7'])
      expect(except).toContain(range);
  }
});
