import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { strictModel } from '../../../../src/web/views/strict-model.ts';
import { english } from '../../../support/words.ts';
import { createViews, installViews } from '../../../../src/web/views/views.ts';

const dir = mkdtempSync(join(tmpdir(), 'chatlink-views-'));
afterAll(() => rmSync(dir, { recursive: true }));

function write(name: string, text: string) {
  const file = join(dir, `${name}.ejs`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
write('layouts/main', '<%= it.title %>|<%- it.body %>');
write('good', '<b><%= it.person.name %></b><% for (const l of it.list) { %><%= l.code %>,<% } %>');
write('bad/top', '<%= it.nmae %>');
write('bad/nested', '<%= it.person.nmae %>');
write('bad/element', '<% for (const l of it.list) { %><%= l.cdoe %><% } %>');
write('bad/include', "<%- include('partials/part', { name: it.person.name }) %>");
write('bad/view', "<%- include('partials/nothing', {}) %>");
write('partials/part', '<%= it.person %>');
write('plain.text', '\n<%= it.person.name %> & <%= it.list.length %>\n\n');

const model = Object.freeze({
  title: 'T',
  person: Object.freeze({ name: '<i>' }),
  list: Object.freeze([{ code: 'a' }, { code: 'b' }]),
});
const strict = createViews(dir, { strict: true });
const loose = createViews(dir, { strict: false });

test('a template reads its model, escaped', () => {
  expect(strict.render('good', model, english)).toBe('<b>&lt;i&gt;</b>a,b,');
  expect(loose.render('good', model, english)).toBe('<b>&lt;i&gt;</b>a,b,');
  expect(strict.render('plain.text', model, english)).toBe('<i> & 2');
});

test.each([
  ['bad/top', 'it (bad/top).nmae'],
  ['bad/nested', 'it (bad/nested).person.nmae'],
  ['bad/element', 'it (bad/element).list[0].cdoe'],
  ['bad/include', 'it (partials/part).person'],
  ['bad/view', 'There is no view "partials/nothing"'],
])('%s: a misspelt name throws and says which', (view, message) => {
  expect(() => strict.render(view, model, english)).toThrow(message);
});

test('an include sees what it is given and nothing of its includer, strict or not', () => {
  expect(loose.render('bad/include', model, english)).toBe('');
});

describe('a strict model', () => {
  class Form {
    #secret = 'kept';
    value() {
      return this.#secret;
    }
    get shown() {
      return { secret: this.#secret };
    }
  }
  const wrapped = strictModel(
    {
      a: { b: [1, { c: 2 }] },
      form: new Form(),
      own: {
        x: 1,
        read() {
          return this.x;
        },
      },
      born: new Date(0),
      none: null,
    },
    'it',
  );

  test('is asked, listed and called like the real one', () => {
    expect('a' in wrapped && !('z' in wrapped)).toBe(true);
    expect(Object.keys(wrapped)).toEqual(['a', 'form', 'own', 'born', 'none']);
    expect(wrapped.a.b.map((x) => (typeof x === 'number' ? x : x.c))).toEqual([1, 2]);
    expect(Array.isArray(wrapped.a.b) && wrapped.a.b.length).toBe(2);
    expect(wrapped.form.value() + wrapped.own.read()).toBe('kept1');
    expect(wrapped.form.shown.secret).toBe('kept');
    expect('shown' in wrapped.form && !('toString' in wrapped.form)).toBe(true);
    expect(wrapped.born.toISOString()).toBe('1970-01-01T00:00:00.000Z');
    expect(wrapped.none).toBeNull();
    expect(wrapped.a.b[9]).toBeUndefined();
  });

  test('refuses misspelt properties of arrays and of objects of a class too', () => {
    expect(() => (wrapped.form as unknown as { vaule: string }).vaule).toThrow('it.form.vaule');
    expect(() => (wrapped.form.shown as unknown as { scret: string }).scret).toThrow('it.form.shown.scret');
    expect(() => (wrapped.a.b as unknown as { lenght: number }).lenght).toThrow('it.a.b.lenght');
    expect(() => `${wrapped.a as unknown as string}`).toThrow('it.a.toString');
  });
});

describe('in Express', () => {
  const app = express();
  installViews(app, strict, null);
  app.use((_req, res, next) => {
    res.locals.site = { name: 'ChatLink', words: english };
    next();
  });
  app.get('/good', (_req, res) => res.render('good', { ...model }));
  app.get('/missing', (_req, res) => res.render('missing', { ...model }));
  app.get('/bad', (_req, res) => res.render('bad/top', { ...model }));
  app.use(((err: Error, _req, res, _next) => {
    res.status(500).send(err.message);
  }) as express.ErrorRequestHandler);

  test('a page arrives in its layout', async () => {
    const page = await request(app).get('/good');
    expect([page.status, page.text]).toEqual([200, 'T|<b>&lt;i&gt;</b>a,b,']);
  });

  test('an unknown view or name reaches the error handler', async () => {
    expect((await request(app).get('/missing')).text).toContain('There is no view "missing"');
    expect((await request(app).get('/bad')).text).toContain('The model has no it (bad/top).nmae');
  });
});
