import { describe, expect, test } from '@jest/globals';
import express, { type RequestHandler, Router } from 'express';
import request from 'supertest';
import { z } from 'zod';
import { eventType, subscription } from '../../../src/events/event-type.ts';
import { minutes } from '../../../src/kernel/clock.ts';
import type { Queue } from '../../../src/platform/queue/queue.ts';
import { noMetrics } from '../../../src/platform/watching/metrics.ts';
import { act, noInput } from '../../../src/web/act.ts';
import type { Feature } from '../../../src/web/feature.ts';
import { formBodies } from '../../../src/web/forms/body.ts';
import { mountFeatures } from '../../../src/web/mount.ts';
import { lets, routesOfApp } from '../../../src/web/routes.ts';
import { sitePathsOf } from '../../../src/web/session/site-paths.ts';
import { createViews } from '../../../src/web/views/views.ts';
import { createExpress } from '../../../src/web/express.ts';

const door: Feature = { name: 'door', paths: { signIn: '/door', start: '/hall', confirm: '/key' } };
const queue: Queue<object> = { name: 'gifts', add: async () => {}, close: async () => {} };
const run = async (): Promise<void> => {};

const send = act({
  name: 'gifts.send',
  route: 'POST /gifts/:id/send',
  access: 'member',
  scope: null,
  input: noInput,
  output: z.object({}),
  refusals: {},
  run: async () => ({ ok: true, value: null }) as const,
  answer: () => ({}),
});
const thanked = subscription('gifts', [eventType('people.thanked')], run);

/** A feature as small as can be that has something of everything. */
function gifts(): Feature {
  const guard: RequestHandler = lets('member', (_req, _res, next) => next());
  return {
    name: 'gifts',
    pages: Router()
      .get('/gifts', guard, (_req, res) => res.send('all gifts'))
      .post('/gifts/:id/send', guard, (req, res) => res.json([...(req.body as Map<string, string[]>)])),
    findable: ['/gifts'],
    forms: {
      '/gifts/:id/send': {
        page: '/gifts',
        bounds: { bytes: 40, fields: 2 },
        limit: { name: 'gifts', rules: [{ window: minutes(1), max: 3 }] },
      },
    },
    acts: [send],
    jobs: [{ queue, concurrency: 2, handler: () => ({ run }) }],
    timers: [{ name: 'wrap', every: minutes(5), run }],
    on: [thanked],
    privacy: { export: async () => ({ sections: { gifts: [] }, explained: {} }), erase: run },
    metrics: (metrics) => metrics.gauge('gifts', 'Gifts', () => 7),
  };
}

function siteOf(...features: Feature[]) {
  return mountFeatures([door, ...features], noMetrics);
}

describe('a feature is mounted:', () => {
  const site = siteOf(gifts());
  const app = express().use(formBodies(site.boundsOf), site.pages);

  test('its pages, under its name', async () => {
    expect((await request(app).get('/gifts')).text).toBe('all gifts');
    expect(routesOfApp(app)).toEqual([
      { method: 'GET', path: '/gifts', access: 'member', feature: 'gifts' },
      { method: 'POST', path: '/gifts/:id/send', access: 'member', feature: 'gifts' },
    ]);
    expect(site.findable).toEqual(['/gifts']);
  });

  test.each([
    ['to=ann&text=hello', 200],
    [`to=${'a'.repeat(37)}`, 200],
    [`to=${'a'.repeat(38)}`, 413],
    ['to=ann&text=hello&more=1', 413],
  ])('its form has bounds of its own: %s is answered %d', async (body, status) => {
    const page = await request(app).post('/gifts/7/send').type('form').send(body);
    expect(page.status).toBe(status);
  });

  test('the bounds of one form are those of no other', async () => {
    const usual = await request(app)
      .post('/gifts')
      .type('form')
      .send(`to=${'a'.repeat(5_000)}`);
    expect(usual.status).toBe(404);
  });

  test('its form is known by its path, with the page it stands on and what it may cost', () => {
    expect(site.paths.formPage('/gifts/7/send')).toBe('/gifts');
    expect(site.limitOf({ path: '/gifts/7/send' })?.name).toBe('gifts');
    for (const path of ['/gifts', '/gifts//send', '/gifts/7/8/send', '/gifts/7/send/on', '/Xgifts/7/send'])
      expect([path, site.paths.formPage(path)]).toEqual([path, null]);
  });

  test('its acts under its name, and what it listens to', () => {
    expect(site.acts).toEqual({ door: [], gifts: [send] });
    expect(site.subscriptions).toEqual([thanked]);
  });

  test('its jobs, timers and numbers', () => {
    expect(site.jobs.map((job) => [job.queue.name, job.concurrency])).toEqual([['gifts', 2]]);
    expect(site.timers.map(({ name, every }) => [name, every])).toEqual([['wrap', minutes(5)]]);
    const gauges: string[] = [];
    mountFeatures([door, gifts()], { ...noMetrics, gauge: (name) => void gauges.push(name) });
    expect(gauges).toEqual(['gifts']);
  });
});

test('guards know where the site leads people', () => {
  const { paths } = siteOf();
  const app = createExpress({
    views: createViews('views', { strict: true }),
    paths,
    trustedProxyHops: 0,
    secure: false,
  });
  expect(sitePathsOf({ app })).toMatchObject({ signIn: '/door', start: '/hall', confirm: '/key' });
});

test('everything is copied from the first feature to the last, and erased the other way round', async () => {
  const asked: string[] = [];
  const keeps = (name: string): Feature => ({
    name,
    privacy: {
      export: async () => ({ sections: { [name]: asked.push(`export ${name}`) }, explained: {} }),
      erase: async () => void asked.push(`erase ${name}`),
    },
  });
  const { exporters, erasers } = siteOf(keeps('first'), { name: 'keeps nothing' }, keeps('last'));
  for (const copy of exporters) await copy('ann');
  for (const erase of erasers) await erase('ann');
  expect(asked).toEqual(['export first', 'export last', 'erase last', 'erase first']);
});

describe('what is declared twice is refused:', () => {
  const form = { '/a': { page: '/b' } };
  const timer = (every: number) => ({ name: 'wrap', every, run });
  test.each<[string, Partial<Feature>, Partial<Feature>]>([
    ['a form is declared twice: /a', { forms: form }, { forms: form }],
    ['a queue is declared twice: gifts', { jobs: gifts().jobs! }, { jobs: gifts().jobs! }],
    [
      'a queue is declared twice: gifts',
      { jobs: gifts().jobs! },
      { timers: [{ ...timer(1), name: 'gifts' }] },
    ],
    ['the time of a timer is declared twice: wrap', { timers: [timer(1)] }, { timers: [timer(2)] }],
    ['a path of the site is declared twice: start', { paths: { start: '/there' } }, {}],
  ])('%s', (fault, one, other) => {
    expect(() => siteOf({ name: 'one', ...one }, { name: 'other', ...other })).toThrow(fault);
  });

  test('a feature is declared twice: one', () => {
    expect(() => siteOf({ name: 'one' }, { name: 'one' })).toThrow('a feature is declared twice: one');
  });

  test('timers of one name and time are one', () => {
    expect(
      siteOf({ name: 'one', timers: [timer(1)] }, { name: 'other', timers: [timer(1)] }).timers,
    ).toHaveLength(2);
  });

  test('and a site without a way in', () => {
    expect(() => mountFeatures([gifts()], noMetrics)).toThrow('a path of the site is declared by no feature');
  });
});
