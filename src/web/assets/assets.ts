import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import type { RequestHandler } from 'express';
import { linkAssets, listFiles } from './asset-files.ts';
import { type Pack, pack as packNow } from './packed.ts';

export type Assets = {
  /** `css/app.css` → `/assets/css/app.1f0c3a9b2d.css`. Throws on an unknown name. */
  url: (logical: string) => string;
  handler: RequestHandler; // GET and HEAD, from memory
};

type Body = { bytes: Buffer; etag: string };
type Encoding = 'br' | 'gzip' | 'identity';
type Asset = { url: string; type: string; bodies: Record<Encoding, Body | null>; cacheControl: string };

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** A name holds the hash of its content. */
const FOREVER = 'public, max-age=31536000, immutable';
/** Fetched under fixed names by browsers that read no HTML. */
const A_DAY = 'public, max-age=86400';
const FIXED = ['favicon.ico', 'apple-touch-icon.png'];

export function assetDirs(root: string): Record<string, string> {
  const pico = createRequire(import.meta.url).resolve('@picocss/pico/css/pico.min.css');
  return { '': join(root, 'public'), 'css/pico.css': pico };
}

/** `dirs` maps a prefix ('' for none) to a folder, or a name to a file. */
export function createAssets(dirs: Record<string, string>, pack: Pack = packNow): Assets {
  const files = new Map(Object.entries(dirs).flatMap(([prefix, path]) => listFiles(prefix, path)));
  const assets = new Map<string, Asset>();
  const byUrl = new Map<string, Asset>();

  /** Referenced files first, since a hash depends on their names. */
  const load = (logical: string, trail: string[] = []): Asset => {
    const known = assets.get(logical);
    if (known) return known;
    const path = files.get(logical);
    if (path === undefined) throw new Error(`There is no asset "${logical}"${named(trail)}`);
    if (trail.includes(logical))
      throw new Error(`Assets name each other in a circle: ${logical}${named(trail)}`);
    const linked = (name: string) => load(name, [...trail, logical]).url;
    const bytes = linkAssets(logical, readFileSync(path), linked, files);
    const asset = toAsset(logical, bytes, pack);
    assets.set(logical, asset);
    byUrl.set(asset.url, asset);
    if (FIXED.includes(logical)) byUrl.set(`/${logical}`, { ...asset, cacheControl: A_DAY });
    return asset;
  };
  for (const logical of files.keys()) load(logical);

  const handler: RequestHandler = (req, res, next) => {
    const asset = req.method === 'GET' || req.method === 'HEAD' ? byUrl.get(req.path) : undefined;
    if (!asset) return next();
    const encoding = pickEncoding(asset, (name) => req.acceptsEncodings(name) !== false);
    const { bytes, etag } = asset.bodies[encoding] as Body;
    res.set({ 'Content-Type': asset.type, 'Cache-Control': asset.cacheControl, ETag: etag });
    res.vary('Accept-Encoding');
    if (req.fresh) return res.status(304).end();
    if (encoding !== 'identity') res.set('Content-Encoding', encoding);
    res.set('Content-Length', String(bytes.length));
    return res.end(req.method === 'HEAD' ? undefined : bytes);
  };

  return { url: (logical) => load(logical).url, handler };
}

function named(trail: string[]) {
  return trail.length > 0 ? ` (named by ${trail.join(' → ')})` : '';
}

function toAsset(logical: string, bytes: Buffer, pack: Pack): Asset {
  const extension = extname(logical);
  const type = TYPES[extension];
  if (!type) throw new Error(`The asset "${logical}" has no known content type`);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const body = (of: Buffer, suffix: string): Body => ({ bytes: of, etag: `"${hash}${suffix}"` });
  const text = type.includes('charset');
  return {
    url: `/assets/${logical.slice(0, -extension.length)}.${hash}${extension}`,
    type,
    bodies: {
      identity: body(bytes, ''),
      br: text ? body(pack(bytes, 'br'), '-br') : null,
      gzip: text ? body(pack(bytes, 'gz'), '-gz') : null,
    },
    cacheControl: FOREVER,
  };
}

function pickEncoding(asset: Asset, accepts: (name: string) => boolean): Encoding {
  return (['br', 'gzip'] as const).find((name) => asset.bodies[name] && accepts(name)) ?? 'identity';
}
