import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { commentLinesOf, faultsOfAll } from '../support/architecture/comments.ts';
import { faultsOf } from '../support/architecture/index.ts';
import { faultsOfPaths, ownersOf, viewOwnersOf } from '../support/architecture/paths.ts';
import { importsOf, type SourceFile } from '../support/architecture/reading.ts';
import { featureOrder, roomOrder } from '../support/architecture/rooms.ts';

const root = join(import.meta.dirname, '../..');
const sources: SourceFile[] = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.ts') && !path.includes('/generated/'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

test('the house keeps its own rules', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(faultsOf(sources)).toEqual([]);
});

test('names say most of it, and files are short', () => {
  expect(faultsOfAll(sources)).toEqual([]);
});

const views: SourceFile[] = readdirSync(join(root, 'views'), { recursive: true, encoding: 'utf8' })
  .map((name) => `views/${name.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.ejs'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

test('no feature leads to a page of a later one, in code or in a view', () => {
  expect(ownersOf(sources).get('/settings/account')).toBe('privacy');
  expect(viewOwnersOf(sources, views).get('views/settings/photos.ejs')).toBe('pictures');
  expect(faultsOfPaths(sources, views)).toEqual([]);
});

describe('a page of a later feature is found in', () => {
  const sites: SourceFile[] = [
    {
      path: 'src/features/auth/a.routes.ts',
      text: "router.get('/door', (req, res) => res.render('auth/door'));",
    },
    { path: 'src/features/profile/a.routes.ts', text: "router.get(['/me', '/people/:username'], show);" },
    { path: 'src/features/privacy/a.acts.ts', text: "act({ route: 'POST /settings/account/delete' })" },
    { path: 'src/features/home/a.routes.ts', text: "router.get('/', show);" },
  ];
  const frames: SourceFile[] = [
    { path: 'views/auth/door.ejs', text: "<%- include('partials/knob', {}) %>" },
    { path: 'views/partials/knob.ejs', text: '' },
    { path: 'views/layouts/main.ejs', text: '' },
  ];
  const found = (path: string, text: string): string[] => {
    const add = (files: SourceFile[]) =>
      files.map((file) => (file.path === path ? { path, text: file.text + text } : file));
    const isNew = path.startsWith('src/') && !sites.some((file) => file.path === path);
    return faultsOfPaths([...add(sites), ...(isNew ? [{ path, text }] : [])], add(frames));
  };

  test.each([
    ['src/features/auth/b.ts', "link: { href: '/me' }", 'profile: /me'],
    ['src/features/auth/b.ts', 'redirect(`/people/${name}`)', 'profile: /people/'],
    [
      'src/features/profile/b.ts',
      "{ path: '/settings/account/delete' }",
      'privacy: /settings/account/delete',
    ],
    ['views/auth/door.ejs', '<a href="/me?by=door">', 'profile: /me'],
    ['views/partials/knob.ejs', '<a href="/people/<%= it.username %>">', 'profile: /people/'],
    ['views/layouts/main.ejs', '<a href="/door">', 'auth: /door'],
  ])('%s: %s', (path, text, fault) => {
    expect(found(path, text)).toEqual([`${path}: names a page of ${fault}`]);
  });

  test.each([
    ['src/features/profile/b.ts', "redirect('/door')"],
    ['src/features/profile/b.ts', '// as on "/settings/account/delete"'],
    ['src/features/auth/b.ts', "redirect('/')"],
    ['src/features/auth/b.ts', "redirect('/people')"],
    ['views/auth/door.ejs', '<a href="/door">'],
  ])('and what may stay is not: %s: %s', (path, text) => expect(found(path, text)).toEqual([]));
});

test('every import line of the house is understood', () => {
  const unread = sources.filter(({ path, text }) => {
    const lines = text.match(/^(import|export|\}) .*\bfrom '[^']+';$|^\} from '[^']+';$|^import '/gm) ?? [];
    return importsOf({ path, text }).length < lines.length;
  });
  expect(unread.map(({ path }) => path)).toEqual([]);
});

test('docs/architecture.md has the rooms of auth in their order', () => {
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const table = page.split('### The rooms of auth')[1]?.split('\n### ')[0] ?? '';
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const rooms = rows.flatMap((row) =>
    [...row.split('|')[1]!.matchAll(/`([a-z-]+)\/`/g)].map(([, room]) => room),
  );
  expect(rooms).toEqual(roomOrder['features/auth']);
});

function planted(path: string, text: string): string[] {
  return faultsOf([{ path: `src/${path}`, text }]);
}

describe('a planted violation is found:', () => {
  test.each([
    ['kernel/age.ts', `import { minutes } from '../web/forms/csrf.ts';`, 'kernel may not know web'],
    ['kernel/age.ts', `import type { Config } from '../config/config.ts';`, 'kernel may not know config'],
    ['kernel/age.ts', `import type { Request } from 'express';`, 'kernel may not know express'],
    ['kernel/age.ts', `import { PrismaClient } from '@prisma/client';`, 'kernel may not know @prisma/client'],
    [
      'config/config.ts',
      `import { openDb } from '../platform/stores/db.ts';`,
      'config may not know platform',
    ],
    [
      'platform/messages/mail.ts',
      `import { readConfig } from '../../config/config.ts';`,
      'platform may know types of config only',
    ],
    [
      'platform/messages/mail.ts',
      `import { csrfToken } from '../../web/forms/csrf.ts';`,
      'platform may not know web',
    ],
    [
      'platform/messages/mail.ts',
      `export * from '../../features/auth/index.ts';`,
      'platform may not know features/auth',
    ],
    [
      'web/forms/csrf.ts',
      `import { createLimits } from '../../platform/limits/limits.ts';`,
      'web may know types of platform only',
    ],
    [
      'web/forms/csrf.ts',
      `import { type A, b } from '../../platform/limits/limits.ts';`,
      'web may know types of platform only',
    ],
    [
      'web/forms/csrf.ts',
      `import type { A } from '../../features/auth/index.ts';`,
      'web may not know features/auth',
    ],
    ['web/forms/csrf.ts', `import pg from 'pg';`, 'web may not know pg'],
    [
      'web/forms/csrf.ts',
      `import { subscription } from '../../events/event-type.ts';`,
      'web may know types of events only',
    ],
    [
      'events/relay.jobs.ts',
      `import { Prisma } from '../platform/stores/db.ts';`,
      'events may know types of platform only',
    ],
    [
      'events/events.store.ts',
      `import { openRedis } from '../platform/stores/redis.ts';`,
      'events may know types of platform only',
    ],
    [
      'events/relay.jobs.ts',
      `import type { A } from '../features/auth/index.ts';`,
      'events may not know features/auth',
    ],
    ['events/relay.jobs.ts', `import { Queue } from 'bullmq';`, 'events may not know bullmq'],
    [
      'platform/queue/queue.ts',
      `import type { A } from '../../events/wake.ts';`,
      'platform may not know events',
    ],
    ['features/auth/a.ts', `import { createApp } from '../../app.ts';`, 'features/auth may not know top'],
    [
      'features/auth/a.ts',
      `import type { Config } from '../../config/config.ts';`,
      'features/auth may not know config',
    ],
    ['features/auth/a.ts', `import { x } from '../profile/index.ts';`, 'auth may not know profile'],
    ['features/pictures/a.ts', `import { x } from '../profile/index.ts';`, 'pictures may not know profile'],
    ['features/safety/a.ts', `import { x } from '../pictures/index.ts';`, 'safety may not know pictures'],
    ['features/auth/a.ts', `import { x } from '../safety/index.ts';`, 'auth may not know safety'],
    [
      'features/profile/a.store.ts',
      `import { x } from '../safety/visible.sql.ts';`,
      'safety is entered through its index.ts only',
    ],
    [
      'features/profile/a.ts',
      `import { x } from '../auth/policy.ts';`,
      'auth is entered through its index.ts only',
    ],
    ['features/profile/a.ts', `import { x } from '../chat/index.ts';`, 'profile may not know chat'],
    [
      'features/gifts/a.ts',
      `import { x } from '../auth/index.ts';`,
      'gifts has no place in the order of features',
    ],
    ['features/auth/a.ts', `import {\n  Redis,\n} from 'ioredis';`, 'features/auth may not know ioredis'],
    ['features/auth/a.ts', `const late = await import('../../house.ts');`, 'features/auth may not know top'],
    ['kernel/age.ts', `import '../web/session/session-data.ts';`, 'kernel may not know web'],
  ])('%s: %s', (path, text, fault) => {
    expect(planted(path, text)).toEqual([`src/${path}: ${fault}`]);
  });

  test.each([
    ['features/auth/a.service.ts', `import { Prisma } from '../../platform/stores/db.ts';`],
    ['features/auth/a.service.ts', `import type { Db } from '../../platform/stores/db.ts';`],
    ['features/auth/index.ts', `import { uniqueConflict } from '../../platform/stores/db.ts';`],
    ['features/auth/a.ts', `import { Channel } from '../../platform/generated/prisma/enums.ts';`],
    ['features/auth/a.ts', `import type { User } from '../../platform/generated/prisma/client.ts';`],
  ])('Prisma in %s: %s', (path, text) => {
    expect(planted(path, text)).toEqual([`src/${path}: names Prisma outside a store`]);
  });

  test.each([
    ['features/auth/a.routes.ts', './a.store.ts', 'a routes may not know a store'],
    ['features/auth/a.service.ts', './a.routes.ts', 'a service may not know a routes'],
    ['features/auth/a.service.ts', './a.acts.ts', 'a service may not know a acts'],
    ['features/auth/a.acts.ts', './a.store.ts', 'a acts may not know a store'],
    ['features/auth/a.acts.ts', './a.routes.ts', 'a acts may not know a routes'],
    ['features/auth/a.store.ts', './a.service.ts', 'a store may not know a service'],
    ['features/privacy/policy.ts', './a.store.ts', 'a policy may not know a store'],
    ['features/privacy/policy.ts', './a.sql.ts', 'a policy may not know a sql'],
    ['features/auth/a.routes.ts', './a.sql.ts', 'a routes may not know a sql'],
    ['features/auth/a.service.ts', './a.sql.ts', 'a service may not know a sql'],
    ['features/auth/a.sql.ts', './a.store.ts', 'a sql may not know a store'],
    ['features/auth/a.sql.ts', './a.service.ts', 'a sql may not know a service'],
  ])('%s walks uphill to %s', (path, target, fault) => {
    expect(planted(path, `import { x } from '${target}';`)).toEqual([`src/${path}: ${fault}`]);
  });

  test.each([
    ['features/auth/a.service.ts', `import type { Request } from 'express';`, 'express'],
    ['features/auth/a.store.ts', `import type { SessionData } from 'express-session';`, 'express-session'],
    ['features/auth/a.service.ts', `import { x } from './a.forms.ts';`, 'src/features/auth/a.forms.ts'],
    [
      'features/auth/a.service.ts',
      `import type { X } from '../../web/forms/forms.ts';`,
      'src/web/forms/forms.ts',
    ],
    [
      'features/auth/a.service.ts',
      `import { x } from '../../web/session/session.ts';`,
      'src/web/session/session.ts',
    ],
  ])('%s speaks facts: %s', (path, text, target) => {
    const kind = path.includes('.store.') ? 'store' : 'service';
    expect(planted(path, text)).toEqual([`src/${path}: a ${kind} may not know ${target}`]);
  });

  test.each([
    ['platform/limits/limits.ts', 'const now = Date.now();', 'reads the wall clock'],
    ['features/auth/a.ts', 'const now = new Date();', 'reads the wall clock'],
    ['features/auth/a.ts', `const on = process.env.X;`, 'reads the environment'],
    ['config/config.ts', `const on = process.env.X;`, 'reads the environment'],
    ['features/auth/a.service.ts', 'function f(req) { return req.body; }', 'speaks of requests and answers'],
    ['features/auth/a.store.ts', 'function f(res) { res.end(); }', 'speaks of requests and answers'],
    ['kernel/age.ts', 'function f(req) {}', 'speaks of requests and answers'],
    ['platform/messages/mail.ts', 'const f = `${req.id}`;', 'speaks of requests and answers'],
  ])('%s: %s', (path, text, fault) => {
    expect(planted(path, text)).toEqual([`src/${path}: ${fault}`]);
  });
});

describe('what runs in browsers knows what browsers have:', () => {
  const script = 'features/auth/codes/a.browser.ts';
  test.each([
    [
      script,
      `import { x } from '../../../browser/polling.ts';`,
      'browser is entered through its index.ts only',
    ],
    [script, `import { x } from './code.page.ts';`, 'browser may not know features/auth'],
    [script, `import type { X } from '../policy.ts';`, 'browser may not know features/auth'],
    [script, `import { x } from '../../../web/act.ts';`, 'browser may not know web'],
    [script, `import type { X } from '../../../platform/codes.ts';`, 'browser may not know platform'],
    [script, `import { join } from 'node:path';`, 'browser may not know node:path'],
    [script, `import { z } from 'zod';`, 'browser may not know zod'],
    [script, `import './b.browser.ts';`, 'a script is begun by its page, and imported by nobody'],
    ['browser/a.ts', `import './app.browser.ts';`, 'a script is begun by its page, and imported by nobody'],
    ['browser/a.ts', `import { x } from '../features/auth/index.ts';`, 'browser may not know features/auth'],
    ['features/auth/a.ts', `import { x } from './a.browser.ts';`, 'features/auth may not know browser'],
    [
      'features/auth/a.ts',
      `import { x } from '../../browser/index.ts';`,
      'features/auth may not know browser',
    ],
    ['web/a.ts', `import type { X } from '../browser/index.ts';`, 'web may not know browser'],
    ['kernel/a.ts', `import { x } from '../browser/index.ts';`, 'kernel may not know browser'],
    [script, 'line.innerHTML = text;', 'writes markup or code'],
    [script, "list.insertAdjacentHTML('beforeend', text);", 'writes markup or code'],
    [script, 'page.outerHTML += text;', 'writes markup or code'],
    [script, 'const run = new Function(text);', 'writes markup or code'],
    ['browser/a.ts', 'const now = Date.now();', 'reads the wall clock'],
  ])('%s: %s', (path, text, fault) => {
    expect(planted(path, text)).toEqual([`src/${path}: ${fault}`]);
  });

  test('of the kernel, what needs no Node, however far down', () => {
    const files = {
      [script]: `import { x } from '../../../kernel/a.ts';`,
      'kernel/a.ts': `import { y } from './b.ts';`,
      'kernel/b.ts': `import { randomBytes } from 'node:crypto';`,
    };
    const found = faultsOf(Object.entries(files).map(([path, text]) => ({ path: `src/${path}`, text })));
    expect(found).toEqual([`src/${script}: src/kernel/a.ts needs node:crypto`]);
  });

  test.each([
    [script, `import { poll } from '../../../browser/index.ts';`],
    [script, `import { findCode } from '../../../kernel/one-time-code.ts';`],
    [script, 'const same = line.innerHTML === text;'],
    ['browser/a.browser.ts', `import { poll } from './index.ts';`],
    ['browser/a.ts', `import { find } from './elements.ts';`],
  ])('%s: %s may stay', (path, text) => {
    expect(planted(path, text)).toEqual([]);
  });
});

describe('the rooms of a feature stand in one order:', () => {
  test.each([
    ['history/a.ts', '../codes/b.ts', 'history may not know codes'],
    ['codes/a.service.ts', '../sign-in/b.service.ts', 'codes may not know sign-in'],
    ['recovery/a.ts', '../contact/b.ts', 'recovery may not know contact'],
    ['messages/a.ts', '../index.ts', 'messages may not know index.ts'],
    ['policy.ts', './codes/b.ts', 'policy.ts may not know codes'],
    ['cellar/a.ts', '../policy.ts', 'cellar has no place in the order of rooms'],
    ['codes/a.ts', '../cellar/b.ts', 'cellar has no place in the order of rooms'],
  ])('%s knows %s', (path, target, fault) => {
    const found = planted(`features/auth/${path}`, `import type { X } from '${target}';`);
    expect(found).toEqual([`src/features/auth/${path}: ${fault}`]);
  });

  test.each([
    ['codes/a.ts', '../history/b.ts'],
    ['messages/a.ts', './b.ts'],
    ['history/a.ts', '../policy.ts'],
    ['index.ts', './messages/b.ts'],
  ])('%s may know %s', (path, target) => {
    expect(planted(`features/auth/${path}`, `import { x } from '${target}';`)).toEqual([]);
  });
});

describe('circles are found:', () => {
  const among = (files: Record<string, string>): string[] =>
    faultsOf(
      Object.entries(files).map(([path, target]) => ({
        path: `src/${path}`,
        text: `import type { X } from '${target}';`,
      })),
    );

  test('of files, by their types alone', () => {
    expect(among({ 'kernel/a.ts': './b.ts', 'kernel/b.ts': './c.ts', 'kernel/c.ts': './b.ts' })).toEqual([
      'a circle: src/kernel/b.ts → src/kernel/c.ts → src/kernel/b.ts',
    ]);
  });

  test('of rooms, whose files have none', () => {
    const files = {
      'platform/stores/a.ts': '../watching/b.ts',
      'platform/watching/c.ts': '../stores/d.ts',
      'platform/watching/b.ts': '../keys.ts',
      'platform/stores/d.ts': '../keys.ts',
    };
    expect(among(files)).toEqual([
      'a circle: src/platform/stores → src/platform/watching → src/platform/stores',
    ]);
  });

  test('and none where two ways lead to one file', () => {
    expect(among({ 'kernel/a.ts': './b.ts', 'kernel/b.ts': './d.ts', 'kernel/c.ts': './d.ts' })).toEqual([]);
  });
});

describe('functions at the top level:', () => {
  test.each(['const f = (a: B<C>): D => a;', 'export const f = async <T>(a: T) => {', 'const f = a => a;'])(
    '%s is found',
    (line) => expect(planted('kernel/a.ts', line)).toEqual(['src/kernel/a.ts: f is no function declaration']),
  );

  test.each(['const f: F = (a) => a;', 'const f = remembering((a: A) => a);', '  const f = (a: A) => a;'])(
    '%s may stay',
    (line) => expect(planted('kernel/a.ts', line)).toEqual([]),
  );
});

describe('what features declare is known to nobody else:', () => {
  const feature = {
    path: 'src/features/gifts/a.routes.ts',
    text: "router.get('/gifts/:id', show);\nconst sent = ['/gifts'];",
  };
  const beside = (path: string, text: string): string[] =>
    faultsOf([feature, { path: `src/${path}`, text }]).filter((fault) => !fault.startsWith(feature.path));

  test.each([
    ['web/a.ts', "const next = '/gifts';", 'names a path of a feature: /gifts'],
    ['web/a.ts', 'const next = `/gifts/${id}`;', 'names a path of a feature: /gifts'],
    ['web/a.ts', String.raw`const pages = /^\/gifts\/[a-z]+$/;`, 'names a path of a feature: /gifts'],
    ['web/a.ts', "const text = 'Look at https://x.example/gifts.';", 'names a path of a feature: /gifts'],
    ['web/a.ts', "if (name === 'profile') open();", 'names a feature: profile'],
    ['house.ts', "import { giftPolicy } from './features/gifts/index.ts';", 'knows giftPolicy of a feature'],
    ['house.ts', "const start = '/gifts';", 'names a path: /gifts'],
    ['house.ts', '\n'.repeat(120), 'has 120 lines, more than 119'],
    [
      'app.ts',
      "import { giftsFeature } from './features/gifts/index.ts';",
      'knows giftsFeature of a feature',
    ],
    ['app.ts', "app.use('/gifts', x);", 'names a path: /gifts'],
    ['app.ts', '\n'.repeat(90), 'has 90 lines, more than 89'],
  ])('%s: %s', (path, text, fault) => {
    expect(beside(path, text)).toEqual([`src/${path}: ${fault}`]);
  });

  test.each([
    ['web/a.ts', "// Leads to '/gifts'.\n/** As '/gifts' does. */"],
    ['web/a.ts', "import type { Gifts } from '../platform/gifts/gifts.ts';"],
    ['house.ts', "import { giftsFeature } from './features/gifts/index.ts';"],
    ['house.ts', '\n'.repeat(119)],
  ])('%s: %s may stay', (path, text) => {
    expect(beside(path, text)).toEqual([]);
  });

  test('house.ts lists the features in the order of docs/architecture.md', () => {
    const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    const [, section = ''] = page.split('## Features\n');
    const rows = section.split('\n### ')[0]!.matchAll(/^\| ([a-z, ]+) \|/gm);
    const named = [...rows].flatMap(([, names]) => names!.split(', '));
    expect(featureOrder.length).toBeGreaterThan(6);
    expect(named).toEqual(['feature', ...featureOrder]);
    expect(readdirSync(join(root, 'src/features')).toSorted()).toEqual(featureOrder.toSorted());
  });
});

describe('sizes:', () => {
  const room = (count: number): SourceFile[] =>
    Array.from({ length: count }, (_, n) => ({ path: `src/kernel/text/f${n}.ts`, text: '' }));

  test('a room of more than 25 files is full', () => {
    expect(faultsOf(room(25))).toEqual([]);
    expect(faultsOf(room(26))).toEqual(['src/kernel/text: has 26 files, more than 25']);
  });

  test('a file of more than 200 lines is too long', () => {
    expect(planted('kernel/a.ts', '\n'.repeat(200))).toEqual([]);
    expect(planted('kernel/a.ts', '\n'.repeat(201))).toEqual([
      'src/kernel/a.ts: has 201 lines, more than 200',
    ]);
  });
});

describe('all files together:', () => {
  const file = (text: string): SourceFile => ({ path: 'src/kernel/a.ts', text });
  const code = (count: number): string => 'run();\n'.repeat(count);

  test.each([
    ['', 0],
    ['run(); // a reason\n', 0],
    ["const text = '// no comment';\nconst product = two\n  * three;\n", 0],
    ['// a reason\nrun();\n', 1],
    ['  /** A reason. */\n  run();\n', 1],
    ['/**\n * Two lines\n * of reasons.\n */\nrun();\n', 4],
    ['/* a note */\nrun();\n// another\n', 2],
  ])('%j has %i lines of comments', (text, count) => expect(commentLinesOf(file(text))).toBe(count));

  test('more than 7 % of comments are too many', () => {
    const files = [file(`${'// why\n'.repeat(7)}${code(43)}`), file(code(50))];
    expect(faultsOfAll(files)).toEqual([]);
    expect(faultsOfAll([...files, file('// why\n')])).toEqual([
      '7.92 % of lines are comments, more than 7 %',
    ]);
  });

  test('a median of more than 65 lines is too long', () => {
    expect(faultsOfAll([file(code(1)), file(code(65)), file(code(200))])).toEqual([]);
    expect(faultsOfAll([file(code(1)), file(code(66)), file(code(66))])).toEqual([
      'half of the files have 66 lines or more',
    ]);
  });
});

describe('what is allowed passes:', () => {
  test.each([
    ['platform/messages/sms.ts', `import type { TwilioConfig } from '../../config/config.ts';`],
    ['web/request/limit.ts', `import type { Limits } from '../../platform/limits/limits.ts';`],
    ['web/request/limit.ts', `import { type Limits, type Taken } from '../../platform/limits/limits.ts';`],
    ['features/profile/a.ts', `import { x } from '../auth/index.ts';`],
    ['features/dev/a.ts', `import { x } from '../privacy/index.ts';`],
    ['features/auth/a.sql.ts', `import { recordSql } from '../../events/record.sql.ts';`],
    ['web/feature.ts', `import type { Subscription } from '../events/event-type.ts';`],
    ['events/record.sql.ts', `import { Prisma } from '../platform/stores/db.ts';`],
    ['features/auth/a.store.ts', `import { Prisma } from '../../platform/stores/db.ts';`],
    ['features/auth/a.sql.ts', `import { Prisma } from '../../platform/stores/db.ts';`],
    ['features/auth/a.store.ts', `import { x } from './a.sql.ts';`],
    ['features/pictures/a.store.ts', `import { visibleTo } from '../safety/index.ts';`],
    ['features/auth/index.ts', `import type { Db } from '../../platform/stores/db.ts';`],
    ['features/auth/a.ts', `import type { Channel } from '../../platform/generated/prisma/enums.ts';`],
    ['worker.ts', `import { x } from './features/auth/index.ts';`],
    ['house.ts', `import { authFeature } from './features/auth/index.ts';`],
    ['web/a.ts', `const path = '/health/live'; // not /settings`],
    ['kernel/clock.ts', 'const now = new Date();'],
    ['kernel/age.ts', 'const then = new Date(0); // not Date.now(), says req'],
    ['platform/watching/log.ts', `const paths = ['req.headers', 'res.headers'];`],
    ['web/a.ts', 'function f(req, res) { res.end(req.id); }'],
  ])('%s: %s', (path, text) => {
    expect(planted(path, text)).toEqual([]);
  });
});
