import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import sharp from 'sharp';
import request from 'supertest';
import { buildAssets } from '../../../../bin/lib/build/assets.mjs';
import { openAssets } from '../../../../src/web/assets/assets.ts';

const root = join(import.meta.dirname, '../../../..');
const made: string[] = [];
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true });
});

function put(dir: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
}

function folder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'chatlink-assets-'));
  made.push(dir);
  put(dir, files);
  return dir;
}

function serve(dist: string) {
  const assets = openAssets(dist);
  const app = express();
  // As in web/express.ts: ours are our own.
  app.disable('etag');
  app.use(assets.handler);
  app.use((_req, res) => res.status(404).send('next'));
  return { assets, app };
}

async function built(files: Record<string, string>) {
  const dir = folder(files);
  await buildAssets(dir);
  return { dir, ...serve(join(dir, 'dist')) };
}

const files = {
  'public/css/app.css': "@import './base.css' layer(base);\nb{background:url(../img/b.svg)}",
  'public/css/base.css': '@charset "UTF-8";i{src:url(../img/b.svg)}a{b:url(data:image/png;base64,AA==)}',
  'public/img/b.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'public/favicon.ico': 'icon',
  'public/site.webmanifest': '{ "icons": [{ "src": "/icons/c.svg" }] }',
  'public/icons/c.svg': '<svg/>',
  'public/.hidden': 'nobody sees this',
  'src/browser/shared.ts': 'export function greet(name: string): void { document.title = `Hello, ${name}`; }',
  'src/browser/one.browser.ts': "import { greet } from './shared.ts';\ngreet('one');",
  'src/features/a/two.browser.ts': "import { greet } from '../../browser/shared.ts';\ngreet('two');",
};
const hash = '[A-Z0-9]{8}';
const { dir, assets, app } = await built(files);
const css = assets.names.asset('css/app.css');
const start = '@charset "UTF-8";@layer base';
const svg = assets.names.asset('img/b.svg');

describe('names', () => {
  test('carry the content', async () => {
    expect(svg).toMatch(new RegExp(`^/assets/img/b\\.${hash}\\.svg$`));
    expect((await built(files)).assets.names.asset('css/app.css')).toBe(css);
    const other = (await built({ ...files, 'public/img/b.svg': '<svg/>' })).assets.names;
    expect(other.asset('img/b.svg')).not.toBe(svg);
    // A stylesheet that names a changed picture has changed as well.
    expect(other.asset('css/app.css')).not.toBe(css);
  });

  test('that are unknown throw, in templates and in files', async () => {
    expect(() => assets.names.asset('css/ap.css')).toThrow('no asset "css/ap.css"');
    await expect(built({ ...files, 'public/css/base.css': 'b{c:url(d.svg)}' })).rejects.toThrow(
      'public/css/base.css:1:4: ERROR: Could not resolve "d.svg"',
    );
    await expect(built({ ...files, 'public/css/app.css': "@import './b.css';" })).rejects.toThrow(
      'Could not resolve "./b.css"',
    );
    await expect(built({ ...files, 'public/img/a.exe': '' })).rejects.toThrow('No loader is configured');
  });

  test('of scripts are their own, wherever they lie', async () => {
    await expect(built({ ...files, 'src/features/b/two.browser.ts': '' })).rejects.toThrow(
      'src/features/b/two.browser.ts: another script has this name',
    );
  });
});

describe('files', () => {
  test('are joined and know the hashed names of others', async () => {
    const { text } = await request(app).get(css).set('Accept-Encoding', 'identity');
    expect(text.trim()).toBe(
      `${start}{i{src:url("${svg}")}a{b:url(data:image/png;base64,AA==)}}b{background:url("${svg}")}`,
    );
  });

  test('are served for good, with their type', async () => {
    const answer = await request(app).get(css);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect((await request(app).get(svg)).headers['content-type']).toBe('image/svg+xml');
    const script = await request(app).get(assets.names.asset('js/one.js'));
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', undefined],
    ['', undefined],
  ])('Accept-Encoding "%s" gets %s', async (accepts, encoding) => {
    const answer = await request(app).head(css).set('Accept-Encoding', accepts);
    expect([answer.status, answer.headers['content-encoding']]).toEqual([200, encoding]);
    expect(answer.headers['content-type']).toBe('text/css; charset=utf-8');
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
  });

  test('are packed as they are', () => {
    const file = join(dir, 'dist/public', css);
    const bytes = readFileSync(file);
    expect(brotliDecompressSync(readFileSync(`${file}.br`)).equals(bytes)).toBe(true);
    expect(gunzipSync(readFileSync(`${file}.gz`)).equals(bytes)).toBe(true);
  });

  test('arrive whole through brotli', async () => {
    const answer = await request(app).get(css).set('Accept-Encoding', 'br');
    expect([answer.headers['content-encoding'], answer.text.slice(0, start.length)]).toEqual(['br', start]);
  });

  test.each(['br', 'gzip', 'identity'])('are not sent twice to who has them, in %s', async (accepts) => {
    const first = await request(app).get(css).set('Accept-Encoding', accepts);
    expect(first.headers.etag).toMatch(/^"[\w-]{16}"$/);
    const again = await request(app)
      .get(css)
      .set('Accept-Encoding', accepts)
      .set('If-None-Match', first.headers.etag as string);
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test('come in parts to who asks for a part', async () => {
    const part = await request(app).get(css).set({ 'Accept-Encoding': 'identity', Range: 'bytes=0-7' });
    expect([part.status, part.text]).toEqual([206, '@charset']);
    const none = await request(app).get(css).set({ 'Accept-Encoding': 'br', Range: 'bytes=99999-' });
    expect(none.status).toBe(416);
    expect(none.headers['cache-control']).toBe('no-store');
    for (const header of ['content-encoding', 'etag']) expect(none.headers).not.toHaveProperty(header);
  });

  test.each([
    '/assets/css/app.00000000.css',
    '/assets/css/app.css',
    '/assets/../package.json',
    '/assets/%2e%2e/%2e%2e/assets.json',
    '/assets.json',
    '/assets',
    '/assets/.hidden',
    '/.hidden',
    '/',
  ])('%s is somebody else’s business', async (path) =>
    expect((await request(app).get(path)).text).toBe('next'),
  );

  test('answer GET and HEAD only', async () => expect((await request(app).post(css)).text).toBe('next'));

  test('that browsers and phones ask for by a fixed name are kept for a day', async () => {
    for (const path of ['/favicon.ico', '/site.webmanifest', '/icons/c.svg']) {
      const answer = await request(app).get(path);
      expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'public, max-age=86400']);
    }
    expect(assets.names.asset('site.webmanifest')).toBe('/site.webmanifest');
  });

  test('of the build before stay for a day, for a site that still runs', async () => {
    const { dir, ...before } = await built(files);
    const [old, older] = ['img/b.svg', 'css/app.css'].map((name) => before.assets.names.asset(name));
    utimesSync(join(dir, 'dist/public', older!), 0, 0);
    put(dir, { 'public/img/b.svg': '<svg/>' });
    await buildAssets(dir);
    expect((await request(before.app).get(old!)).status).toBe(200);
    expect((await request(serve(join(dir, 'dist')).app).get(older!)).text).toBe('next');
  });
});

test('what two scripts share is one file, and fetched beside them', async () => {
  const [chunk, ...more] = assets.names.chunksOf('js/one.js');
  expect(more).toEqual([]);
  expect(assets.names.chunksOf('js/two.js')).toEqual([chunk]);
  expect((await request(app).get(chunk!)).text).toContain('Hello');
  const { text } = await request(app).get(assets.names.asset('js/two.js'));
  expect(text).toContain(chunk);
  expect(text).not.toContain('Hello');
  expect(assets.names.chunksOf('css/app.css')).toEqual([]);
});

test('ChatLink can be put on a phone: a window of its own, and icons of the sizes that phones ask for', async () => {
  const ours = serve(join(root, 'dist'));
  const { body } = await request(ours.app)
    .get(ours.assets.names.asset('site.webmanifest'))
    .responseType('blob');
  const manifest = JSON.parse(String(body)) as {
    display: string;
    icons: { src: string; sizes: string; type: string; purpose?: string }[];
  };
  expect(manifest.display).toBe('standalone');
  const drawn = manifest.icons.filter(({ type }) => type === 'image/png');
  expect(drawn.map(({ sizes, purpose }) => [sizes, purpose])).toEqual([
    ['192x192', undefined],
    ['512x512', undefined],
    ['512x512', 'maskable'],
  ]);
  for (const { src, sizes, purpose } of drawn) {
    const icon = sharp((await request(ours.app).get(src)).body as Buffer);
    const { width, height } = await icon.metadata();
    expect(`${width}x${height}`).toBe(sizes);
    // Systems cut a maskable icon into any shape: it is full to its corners. The others have round ones.
    const { data } = await icon.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(data[3]).toBe(purpose === 'maskable' ? 255 : 0);
  }
});

test('ChatLink’s own files load, and ask for nothing from elsewhere', async () => {
  const ours = serve(join(root, 'dist'));
  const { text } = await request(ours.app).get(ours.assets.names.asset('css/app.css'));
  expect(text).toContain('@layer pico');
  expect(text).not.toMatch(/@import|url\((?!"?\/assets\/|"?data:)/);
  expect((await request(ours.app).get('/apple-touch-icon.png')).status).toBe(200);
});
