import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import sharp from 'sharp';
import request from 'supertest';
import { assetDirs, createAssets } from '../../../../src/web/assets/assets.ts';

const made: string[] = [];
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true });
});

function folder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'chatlink-assets-'));
  made.push(dir);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

function serve(dirs: Record<string, string>) {
  const assets = createAssets(dirs);
  const app = express();
  app.use(assets.handler);
  app.use((_req, res) => res.status(404).send('next'));
  return { assets, app };
}

const files = {
  'css/app.css': '@charset "UTF-8";@import \'./base.css\' layer(base);\nb{background:url(../img/b.svg)}',
  'css/base.css': "i{src:url('../img/b.svg')}a{b:url(data:image/png;base64,AA==)}",
  'img/b.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'favicon.ico': 'icon',
  'site.webmanifest': '{ "icons": [{ "src": "img/b.svg" }] }',
  '.hidden': 'nobody sees this',
};
function hashOf(text: string) {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
const svgUrl = `/assets/img/b.${hashOf(files['img/b.svg'])}.svg`;

describe('names', () => {
  test('carry the content', () => {
    const { assets } = serve({ '': folder(files) });
    expect(assets.url('img/b.svg')).toBe(svgUrl);
    const other = serve({ '': folder({ ...files, 'img/b.svg': '<svg/>' }) }).assets;
    expect(other.url('img/b.svg')).not.toBe(svgUrl);
    // A stylesheet that names a changed picture has changed as well.
    expect(other.url('css/app.css')).not.toBe(assets.url('css/app.css'));
  });

  test('that are unknown throw, in templates and in files', () => {
    expect(() => serve({ '': folder(files) }).assets.url('css/ap.css')).toThrow('no asset "css/ap.css"');
    expect(() => serve({ '': folder({ 'a.css': 'b{c:url(d.svg)}' }) })).toThrow('"d.svg" (named by a.css)');
    expect(() => serve({ '': folder({ 'a.css': "@import './b.css';" }) })).toThrow(
      '"b.css" (imported by a.css)',
    );
    expect(() => serve({ '': folder({ 'a.exe': '' }) })).toThrow('no known content type');
  });

  test('can come from a prefix or a single file', () => {
    const dir = folder({ 'x.css': 'a{}' });
    const { assets } = serve({ lib: dir, 'css/y.css': join(dir, 'x.css') });
    expect(assets.url('lib/x.css')).toMatch(/^\/assets\/lib\/x\.[0-9a-f]{10}\.css$/);
    expect(assets.url('css/y.css')).toMatch(/^\/assets\/css\/y\./);
  });
});

describe('files', () => {
  const { assets, app } = serve({ '': folder(files) });
  const css = assets.url('css/app.css');

  test('are joined and know the hashed names of others', async () => {
    const { text } = await request(app).get(css).set('Accept-Encoding', 'identity');
    expect(text).toBe(
      `@layer base {\ni{src:url("${svgUrl}")}a{b:url(data:image/png;base64,AA==)}\n}\nb{background:url("${svgUrl}")}`,
    );
    const manifest = await request(app).get(assets.url('site.webmanifest'));
    expect(manifest.body).toEqual({ icons: [{ src: svgUrl }] });
  });

  test('are served for good, with their type', async () => {
    const answer = await request(app).get(css);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect((await request(app).get(svgUrl)).headers['content-type']).toBe('image/svg+xml; charset=utf-8');
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
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
  });

  test('arrive whole through brotli', async () => {
    const answer = await request(app).get(css).set('Accept-Encoding', 'br');
    expect([answer.headers['content-encoding'], answer.text.slice(0, 11)]).toEqual(['br', '@layer base']);
  });

  test('are not sent twice to who has them', async () => {
    const first = await request(app).get(css);
    const again = await request(app)
      .get(css)
      .set('If-None-Match', first.headers.etag as string);
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test.each([
    '/assets/css/app.0000000000.css',
    '/assets/css/app.css',
    '/assets/../package.json',
    '/assets/.hidden',
    '/',
  ])('%s is somebody else’s business', async (path) =>
    expect((await request(app).get(path)).text).toBe('next'),
  );

  test('answer GET and HEAD only', async () => expect((await request(app).post(css)).text).toBe('next'));

  test('that browsers ask for by a fixed name are kept for a day', async () => {
    const answer = await request(app).get('/favicon.ico');
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'public, max-age=86400']);
  });
});

test('ChatLink can be put on a phone: a window of its own, and icons of the sizes that phones ask for', async () => {
  const { assets, app } = serve(assetDirs(join(import.meta.dirname, '../../../..')));
  const { text } = await request(app).get(assets.url('site.webmanifest'));
  const manifest = JSON.parse(text) as {
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
    const icon = sharp((await request(app).get(src)).body as Buffer);
    const { width, height } = await icon.metadata();
    expect(`${width}x${height}`).toBe(sizes);
    // Systems cut a maskable icon into any shape: it is full to its corners. The others have round ones.
    const { data } = await icon.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(data[3]).toBe(purpose === 'maskable' ? 255 : 0);
  }
});

test('ChatLink’s own files load, and ask for nothing from elsewhere', async () => {
  const { assets, app } = serve(assetDirs(join(import.meta.dirname, '../../../..')));
  const { text } = await request(app).get(assets.url('css/app.css'));
  expect(text).toContain('@layer pico');
  expect(text).not.toMatch(/@import|url\((?!"\/assets\/|"?data:)/);
  expect((await request(app).get('/apple-touch-icon.png')).status).toBe(200);
});
