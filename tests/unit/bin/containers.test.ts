import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { settings } from '../../../bin/lib/run/settings.mjs';
import { readConfig } from '../../../src/config/config.ts';

interface Service {
  image?: string;
  user?: string;
  command?: string[];
  ports?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test?: string[]; disable?: boolean };
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
}

const { services, volumes } = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
  services: Record<'app' | 'worker' | 'migrate' | 'postgres' | 'redis' | 'mailpit', Service>;
  volumes: Record<string, unknown>;
};

describe('deploy/docker-compose.s3.yml', () => {
  const file = parse(readFileSync('deploy/docker-compose.s3.yml', 'utf8'), { merge: true }) as {
    services: Record<'app' | 'worker' | 'migrate' | 'seaweedfs' | 'bucket', Service>;
    configs: { s3: { content: string } };
  };

  test('gives all that write pictures one bucket in the place of the folder', () => {
    for (const name of ['app', 'worker', 'migrate'] as const) {
      const environment = { ...services[name].environment, ...file.services[name].environment };
      const { media } = readConfig(environment);
      expect(media).toMatchObject({ kind: 's3', bucket: 'chatlink', endpoint: 'http://seaweedfs:8333' });
      expect(file.services[name].depends_on).toEqual({
        bucket: { condition: 'service_completed_successfully' },
      });
      expect(file.services.bucket.command?.join()).toContain('s3.bucket.create -name chatlink');
    }
  });

  test('lets them in with the keys they have, and shows no port to anybody', () => {
    const { S3_ACCESS_KEY_ID: accessKey, S3_SECRET_ACCESS_KEY: secretKey } =
      file.services.app.environment ?? {};
    const { identities } = JSON.parse(file.configs.s3.content) as { identities: object[] };
    expect(identities).toMatchObject([{ credentials: [{ accessKey, secretKey }] }]);
    expect(Object.values(file.services).flatMap((service) => service.ports ?? [])).toEqual([]);
  });
});

describe('docker-compose.yml', () => {
  test('binds every port to this machine only', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports).toContain('127.0.0.1:3000:3000');
    expect(ports).toContain('127.0.0.1:8025:8025');
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  test('keeps jobs and sessions in Redis, and everything in named volumes', () => {
    expect(services.redis.command?.join(' ')).toBe(
      'redis-server --maxmemory-policy noeviction --appendonly yes',
    );
    expect(Object.keys(volumes)).toEqual(['postgres-data', 'redis-data', 'media']);
  });

  test('gives site and worker one folder for pictures, which is theirs', () => {
    for (const name of ['app', 'worker'] as const) {
      expect(services[name].volumes).toEqual(['media:/media']);
      expect(services[name].environment?.MEDIA_DIR).toBe('/media');
    }
    expect(readFileSync('Dockerfile', 'utf8')).toContain('install -d -m 0700 -o node -g node /media');
  });

  test('migrates once, and before anybody serves or works', () => {
    expect(services.migrate.command?.slice(0, 3)).toEqual(['node', 'bin/db.mjs', 'migrate']);
    expect(services.migrate.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    for (const name of ['app', 'worker'] as const) {
      expect(services[name].depends_on).toMatchObject({
        migrate: { condition: 'service_completed_successfully' },
      });
    }
  });

  test('gives site and worker one configuration, with names ChatLink knows', () => {
    const { PORT: _port, HOST: _host, ...app } = services.app.environment ?? {};
    expect(services.worker.environment).toEqual(app);
    expect(app).toMatchObject({
      NODE_ENV: 'development',
      WORKER: 'separate',
      SMTP_URL: 'smtp://mailpit:1025',
    });
    expect(Object.keys(app).filter((key) => key !== 'NODE_ENV' && !settings.includes(key))).toEqual([]);
    const { MIGRATE_DATABASE_URL: owner, ...rest } = services.migrate.environment ?? {};
    expect(rest).toEqual(app);
    expect([owner, app.DATABASE_URL].map((url) => new URL(url ?? '').username)).toEqual([
      'chatlink',
      'chatlink_app',
    ]);
  });

  test('watches the health of every store, and pins every image', () => {
    for (const name of ['postgres', 'redis', 'mailpit'] as const) {
      expect(services[name].healthcheck?.test?.[0]).toBe('CMD');
      expect(services[name].image).toMatch(/:v?\d+\.\d+/);
    }
    expect(services.postgres.image).toMatch(/^postgres:17\./);
  });
});

describe('Dockerfile', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));

  test('builds in stages from one pinned image of Node’s LTS', () => {
    const images = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1]);
    expect(images).toHaveLength(4);
    expect(new Set(images.filter((image) => image !== 'base'))).toEqual(
      new Set(['node:24.19.0-bookworm-slim']),
    );
  });

  test('runs as an ordinary user, says whether it is healthy, and hears SIGTERM itself', () => {
    const user = last.indexOf('USER node');
    expect(user).toBeGreaterThan(-1);
    expect(last.slice(user).some((line) => /^(COPY|RUN|USER root)/.test(line))).toBe(false);
    expect(last.join('\n')).toMatch(/HEALTHCHECK[\s\S]*\/health\/live/);
    expect(last).toContain('CMD ["node", "--enable-source-maps", "dist/main.js"]');
    expect(last.join('\n')).toContain('UV_THREADPOOL_SIZE=');
    expect(last.join('\n')).toContain('MALLOC_ARENA_MAX=2');
  });

  test('has of bin/ what migrates and administers, with all that these import, and neither npm nor a program that can be read', () => {
    const copied = last.flatMap((line) => (line.startsWith('COPY bin') ? line.split(' ').slice(1, -1) : []));
    const imported = copied.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, path]) =>
        join(dirname(file), path!),
      ),
    );
    expect(new Set(copied)).toEqual(new Set(['bin/migrate.mjs', 'bin/admin.mjs', ...imported]));
    expect(last.join('\n')).toMatch(
      /rm -rf \/usr\/local\/lib\/node_modules[\s\S]*chmod 0711 \/usr\/local\/bin\/node/,
    );
  });

  test('never runs an install script, and takes production dependencies only', () => {
    const installs = lines.filter((line) => line.includes('npm ci'));
    expect(installs).toHaveLength(2);
    expect(installs.every((line) => line.includes('--ignore-scripts'))).toBe(true);
    expect(installs[1]).toContain('--omit=dev');
  });

  test('leaves secrets and data out of the image', () => {
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    for (const name of ['.env', '.env.*', '.data', '.git', 'node_modules']) expect(ignored).toContain(name);
  });
});

test('.env.example explains every setting, each commented out', () => {
  const text = readFileSync('.env.example', 'utf8');
  const keys = [...text.matchAll(/^# ([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1]);
  expect(new Set(keys)).toEqual(new Set(['NODE_ENV', ...settings]));
  expect(keys).toHaveLength(settings.length + 1);
  expect(text.split('\n').filter((line) => line && !line.startsWith('#'))).toEqual([]);
});
