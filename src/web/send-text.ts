import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Express, Request, Response } from 'express';
import Negotiator from 'negotiator';

/** Bytes. A smaller answer is one packet either way. */
const MIN_LENGTH = 1024;

type Encoding = 'br' | 'gzip';

/** What other qualities would save and cost: docs/decisions/0047. */
export const compress: Record<Encoding, (bytes: Buffer) => Buffer> = {
  br: (bytes) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 4,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes) => gzipSync(bytes, { level: 6 }),
};

/** Its types do not know `preferred`: what is taken of encodings that a browser likes alike. */
interface Preferring {
  encodings(available: readonly string[], options: { preferred: readonly string[] }): string[];
}

function encodingFor(req: Request, length: number): Encoding | null {
  const negotiator = new Negotiator(req) as unknown as Preferring;
  const accepted = negotiator.encodings(['br', 'gzip', 'identity'], { preferred: ['br', 'gzip'] });
  if (length < MIN_LENGTH && accepted.includes('identity')) return null;
  const [best = 'identity'] = accepted;
  return best === 'identity' ? null : (best as Encoding);
}

/**
 * The whole of an answer in text: a page, or JSON. Compressed here and at once, before whatever waits for `res.end`: in
 * libuv's threads it would wait behind the hashes of passwords (docs/decisions/0047).
 */
export function sendText(res: Response, type: string, text: string): void {
  const bytes = Buffer.from(text);
  const isHead = res.req.method === 'HEAD';
  res.setHeader('Content-Type', type);
  res.vary('Accept-Encoding');
  const mayChange = !/\bno-transform\b/.test(String(res.getHeader('Cache-Control')));
  const encoding = mayChange ? encodingFor(res.req, bytes.length) : null;
  const body = encoding && !isHead ? compress[encoding](bytes) : bytes;
  if (encoding) res.setHeader('Content-Encoding', encoding);
  // How long a compressed page would be is known by compressing it, and its token makes each another length.
  if (encoding && isHead) res.removeHeader('Content-Length');
  else res.setHeader('Content-Length', body.length);
  res.end(isHead ? undefined : body);
}

/** For an answer that shows a secret which is the same each time. Proxies are asked to leave it alone as well. */
export function neverCompressed(res: Response): Response {
  return res.set('Cache-Control', 'no-store, no-transform');
}

/** Replaces `res.json`. */
export function installJson(app: Express): void {
  app.response.json = function (this: Response, body: unknown): Response {
    sendText(this, 'application/json; charset=utf-8', JSON.stringify(body));
    return this;
  };
}
