import { describe, expect, test } from '@jest/globals';
import express, { type RequestHandler, Router } from 'express';
import request from 'supertest';
import { z } from 'zod';
import { eventType, subscription } from '../../../src/events/event-type.ts';
import { minutes } from '../../../src/kernel/clock.ts';
import type { Queue } from '../../../src/platform/queue/queue.ts';
import { noMetrics } from '../../../src/platform/watching/metrics.ts';
import type { AppError } from '../../../src/kernel/errors.ts';
import { verbatim } from '../../../src/kernel/message.ts';
import { done, refused } from '../../../src/kernel/outcome.ts';
import { servedKey } from '../../../src/platform/media/media-keys.ts';
import { Prisma } from '../../../src/platform/stores/db.ts';
import type { Ask, Question } from '../../../src/platform/stores/question.ts';
import { act, noInput } from '../../../src/web/act.ts';
import { mediaRoutes } from '../../../src/web/media.ts';
import { securityHeaders } from '../../../src/web/request/security-headers.ts';
import { say, settingsRow, settingsValues } from '../../../src/web/views/slots.ts';
import { namesIn } from '../../../src/web/words/names.ts';
import { siteLocals } from '../../../src/web/views/site-locals.ts';
import type { Feature } from '../../../src/web/feature.ts';
import { formBodies } from '../../../src/web/forms/body.ts';
import { mountFeatures } from '../../../src/web/mount.ts';
import { lets, routesOfApp } from '../../../src/web/routes.ts';
import { sitePathsOf } from '../../../src/web/session/site-paths.ts';
import { textOf } from '../../support/visitor.ts';
import { catalogues, english } from '../../support/words.ts';
import { createViews } from '../../../src/web/views/views.ts';
import { createExpress } from '../../../src/web/express.ts';

const door: Feature = {
  name: 'door',
  paths: {
    signIn: '/door',
    start: '/hall',
    welcome: '/hello',
    terms: '/house-rules',
    privacy: '/curtains',
    barred: '/outside',
    confirm: '/key',
    own: '/room',
    settings: '/desk',
    account: '/desk/end',
  },
  nav: [
    { to: 'members', order: 9, label: verbatim('Leave'), path: '/leave' },
    { to: 'visitors', order: 1, label: verbatim('Come in'), path: '/door', kind: 'main' },
    { to: 'members', order: 1, label: verbatim('Hall'), path: '/hall' },
  ],
  slots: {
    'settings.rows': [
      {
        group: 'data',
        order: 2,
        path: '/desk/end',
        label: verbatim('End'),
        icon: 'box',
        value: () => say('Leave'),
      },
      {
        group: 'you',
        order: 2,
        path: '/desk/you',
        label: verbatim('You'),
        icon: 'person',
        value: () => say('Ann'),
      },
    ],
  },
};
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

const waiting: Question = () => Prisma.sql`(SELECT 3)`;
const kept: Question = () => Prisma.sql`(SELECT 'two')`;

/** A feature as small as can be that has something of everything. */
function gifts(): Feature {
  const guard: RequestHandler = lets('member', (_req, _res, next) => next());
  return {
    name: 'gifts',
    pages: Router()
      .get('/gifts', guard, (_req, res) => res.send('all gifts'))
      .post('/gifts/:id/send', guard, (req, res) => res.json([...(req.body as Map<string, string[]>)])),
    findable: ['/gifts'],
    nav: [
      {
        to: 'members',
        order: 5,
        label: verbatim('Gifts'),
        path: '/gifts',
        icon: 'box',
        section: true,
        count: waiting,
      },
    ],
    slots: {
      'settings.rows': [
        settingsRow<string>({
          group: 'you',
          order: 1,
          path: '/desk/gifts',
          label: verbatim('Gifts'),
          icon: 'box',
          ask: kept,
          value: (answer) => say(answer, 'kept'),
        }),
      ],
    },
    media: { gift: async (viewer, name) => (viewer.id === name ? done() : refused('not-there')) },
    permissions: { '/gifts': ['camera'], '/gifts/:id': ['camera', 'microphone'] },
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

describe('what pages show of features:', () => {
  const asked: number[] = [];
  const ask: Ask = async (viewer, questions) => {
    asked.push(questions.length);
    return viewer.id === 'gone' ? null : questions.map((question) => (question === waiting ? 3 : 'two'));
  };
  const viewer = { id: 'ann', securityVersion: 0, now: new Date(0) };

  /** The header that somebody sees there. */
  async function headerOf(site: ReturnType<typeof siteOf>, path: string, userId?: string, status = 200) {
    const app = createExpress({
      views: createViews('views', { strict: true }),
      catalogues,
      paths: site.paths,
      navFacts: site.navFactsBy(ask),
      trustedProxyHops: 0,
      secure: false,
    });
    app.use((req, _res, next) => {
      const session = { userId, username: userId };
      Object.assign(req, { session, csrfToken: () => 'token', arrivedAt: viewer.now });
      next();
    });
    app.use(
      siteLocals({
        name: 'Site',
        asset: String,
        chunksOf: () => [],
        mobileOffered: true,
        publicUrl: 'https://site.example',
        ...site.frame,
      }),
    );
    app.use((_req, res) =>
      res.status(status).render('errors/error', {
        title: 'T',
        text: 'T',
        retryText: null,
        status,
        requestId: '',
      }),
    );
    const { text } = await request(app).get(path);
    const [, header = ''] = /<nav[^>]* aria-label="Main">([^]*?)<\/nav>/.exec(text)!;
    return [...header.matchAll(/<(a|button)\b[^]*?<\/\1>/g)].map(([item]) => ({
      text: textOf(item),
      here: item.includes('aria-current="page"'),
    }));
  }

  test('the header has what is declared for visitors and for members, in its order', async () => {
    expect(await headerOf(siteOf(gifts()), '/door')).toEqual([{ text: 'Come in', here: true }]);
    expect(await headerOf(siteOf(), '/gifts', 'ann')).toEqual([
      { text: 'Hall', here: false },
      { text: 'Leave', here: false },
    ]);
    expect(asked.splice(0)).toEqual([]);
  });

  test.each([
    ['/gifts', true],
    ['/gifts/7', true],
    ['/giftshop', false],
    ['/hall', false],
  ])('with its count, asked once a page: %s', async (path, here) => {
    expect(await headerOf(siteOf(gifts()), path, 'ann')).toEqual([
      { text: 'Hall', here: path === '/hall' },
      { text: 'Gifts 3 new', here },
      { text: 'Leave', here: false },
    ]);
    expect(asked.splice(0)).toEqual([1]);
  });

  test('and without one for whom the session is over, or where a store may be down', async () => {
    expect(await headerOf(siteOf(gifts()), '/', 'gone')).toContainEqual({ text: 'Gifts', here: false });
    expect(asked.splice(0)).toEqual([1]);
    expect(await headerOf(siteOf(gifts()), '/', 'ann', 503)).toContainEqual({ text: 'Gifts', here: false });
    expect(asked.splice(0)).toEqual([]);
  });

  test('who is signed in and the way out are shown where that was asked, and never where a store may be down', async () => {
    const own: Feature = {
      name: 'own',
      nav: [
        {
          to: 'members',
          order: 2,
          label: verbatim('You'),
          path: '/room',
          icon: 'person',
          self: {
            ask: kept,
            view: (answer) => ({
              name: `number ${String(answer)}`,
              face: { gone: false, avatar: null, initial: 'A', hue: 1 },
            }),
          },
        },
        { to: 'members', order: 3, label: verbatim('Out'), path: '/out', icon: 'box', kind: 'button' },
      ],
    };
    const site = siteOf(gifts(), own);
    expect(await headerOf(site, '/room', 'ann')).toEqual([
      { text: 'Hall', here: false },
      { text: 'A number two You', here: true },
      { text: 'Out', here: false },
      { text: 'Gifts 3 new', here: false },
      { text: 'Leave', here: false },
    ]);
    expect(asked.splice(0)).toEqual([2]);
    const down = await headerOf(site, '/room', 'ann', 503);
    expect(down.map(({ text }) => text)).toEqual(['Hall', 'You', 'Gifts', 'Leave']);
    expect(asked.splice(0)).toEqual([]);
  });

  test('links below every page stand in the columns of their groups, and no column is empty', () => {
    const link = (group: 'help' | 'law', name: string) => ({
      group,
      label: verbatim(name),
      path: `/${name}`,
    });
    const { footer } = siteOf(
      { name: 'a', footer: [link('help', 'answers')] },
      { name: 'b', footer: [link('law', 'terms'), link('help', 'more')] },
    ).frame;
    expect(footer.map(({ links }) => links.map(({ path }) => path))).toEqual([
      ['/terms'],
      ['/answers', '/more'],
    ]);
  });

  test('the settings have the rows of all, with what is set now, asked in one statement', async () => {
    const { groups } = siteOf(gifts()).frame.settings;
    expect(groups.map(({ id, rows }) => [id, rows.map(({ label }) => english.say(label))])).toEqual([
      ['settings-you', ['Gifts', 'You']],
      ['settings-data', ['End']],
    ]);
    expect(await settingsValues(groups, ask, viewer, namesIn('en'))).toEqual({
      '/desk/gifts': say('two', 'kept'),
      '/desk/you': say('Ann'),
      '/desk/end': say('Leave'),
    });
    expect(asked.splice(0)).toEqual([1]);
    expect(await settingsValues(groups, ask, { ...viewer, id: 'gone' }, namesIn('en'))).toBeNull();
  });
});

test('whoever made a kind of media says who may fetch it', async () => {
  const [name, other] = ['A'.repeat(22), 'B'.repeat(22)];
  const file = { bytes: Buffer.from('a gift'), type: 'image/webp' };
  const app = express()
    .use((req, _res, next) => {
      Object.assign(req, { session: { userId: name }, arrivedAt: new Date(0) });
      next();
    })
    .use(mediaRoutes({ media: { get: async () => file }, kinds: siteOf(gifts()).media, readKey: servedKey }));
  app.use(((err: AppError, _req, res, _next) => {
    res.status(err.status).end();
  }) as express.ErrorRequestHandler);
  const statusOf = async (key: string) => (await request(app).get(`/media/${key}`)).status;
  expect(await statusOf(`${name}.gift-64.webp`)).toBe(200);
  expect(await statusOf(`${other}.gift-64.webp`)).toBe(404);
  for (const kind of ['avatar-64', 'constructor', 'gift-64.bin', 'gifts-64'])
    expect([kind, await statusOf(`${name}.${kind}.webp`)]).toEqual([kind, 404]);
});

test.each([
  ['/gifts', 'camera=(self), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()'],
  ['/GIFTS/', 'camera=(self), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()'],
  ['/gifts/7', 'camera=(self), geolocation=(), microphone=(self), payment=(), usb=(), browsing-topics=()'],
  ['/gifts/7/8', 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()'],
  ['/', 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()'],
])('what %s may ask a browser for', async (path, policy) => {
  const app = express().use(securityHeaders(false, siteOf(gifts()).permissions));
  expect((await request(app).get(path)).headers['permissions-policy']).toBe(policy);
});

test('guards know where the site leads people', () => {
  const { paths } = siteOf();
  const app = createExpress({
    views: createViews('views', { strict: true }),
    catalogues,
    paths,
    navFacts: null,
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
    [
      'an item of the header is declared twice: /gifts for members',
      { nav: gifts().nav! },
      { nav: gifts().nav! },
    ],
    [
      'a row of the settings is declared twice: /desk/gifts',
      { slots: gifts().slots! },
      { slots: gifts().slots! },
    ],
    ['a kind of media is declared twice: gift', { media: gifts().media! }, { media: gifts().media! }],
    [
      'what a page may ask a browser for is declared twice: /gifts',
      { permissions: { '/gifts': ['usb'] } },
      { permissions: { '/gifts': [] } },
    ],
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
