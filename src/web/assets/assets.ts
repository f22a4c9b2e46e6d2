import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import type { RequestHandler } from 'express';

/** What templates know. */
export interface AssetNames {
  /** `css/app.css` → `/assets/css/app.QX5ZN2LD.css`. Throws on an unknown name. */
  asset: (logical: string) => string;
  /** What a script imports, to be fetched beside it instead of after it. */
  chunksOf: (logical: string) => readonly string[];
}

export interface Assets {
  names: AssetNames;
  handler: RequestHandler;
}

interface Manifest {
  urls: Record<string, string>;
  chunks: Record<string, readonly string[]>;
}

/** A name below /assets holds the hash of its content. */
const FOREVER = 'public, max-age=31536000, immutable';
const A_DAY = 'public, max-age=86400';

const packings = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const;

/** By the content, so that all machines say the same of a file. */
function etagOf(file: string): string {
  return `"${createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 16)}"`;
}

/** The addresses of all files below a folder, with their ETags. */
function etagsBelow(dir: string): Map<string, string> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const files = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [`/${relative(dir, file).replaceAll('\\', '/')}`, etagOf(file)]));
}

/** Serves what `bin/lib/build/assets.mjs` made in `<dist>/public`, each file as small as its reader takes it. */
export function openAssets(dist: string): Assets {
  const { urls, chunks }: Manifest = JSON.parse(readFileSync(join(dist, 'assets.json'), 'utf8'));
  const root = join(dist, 'public');
  const etags = etagsBelow(root);

  const handler: RequestHandler = (req, res, next) => {
    const { path } = req;
    if (!['GET', 'HEAD'].includes(req.method) || !etags.has(path)) return next();
    const packing = packings.find(
      ({ encoding, ending }) => etags.has(path + ending) && req.acceptsEncodings(encoding) !== false,
    );
    res.vary('Accept-Encoding').type(extname(path));
    if (packing) res.set('Content-Encoding', packing.encoding);
    const name = path + (packing?.ending ?? '');
    res.set('ETag', etags.get(name));
    res.set('Cache-Control', path.startsWith('/assets/') ? FOREVER : A_DAY);
    return res.sendFile(name.slice(1), { root }, (err) => {
      if (!err || res.headersSent) return;
      for (const header of ['Content-Encoding', 'ETag', 'Last-Modified']) res.removeHeader(header);
      res.set('Cache-Control', 'no-store');
      next(err);
    });
  };

  const asset = (logical: string): string => {
    const found = urls[logical];
    if (found === undefined) throw new Error(`There is no asset "${logical}"`);
    return found;
  };
  return { names: { asset, chunksOf: (logical) => chunks[asset(logical)] ?? [] }, handler };
}
