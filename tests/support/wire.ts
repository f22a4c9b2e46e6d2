import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** As Chromium and Firefox ask. */
export const browsersAccept = 'gzip, deflate, br, zstd';

/** Views that show a secret which is the same each time (decision 0047). */
export const uncompressedViews: readonly string[] = [
  'auth/contact-undo',
  'auth/reset-link',
  'auth/stop-waiting',
  'desk/person',
  'dev/outbox',
];

export interface OnTheWire {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** An answer as it is sent, with nothing unpacked. */
export function onTheWire(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<OnTheWire> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, (res) => {
      const pieces: Buffer[] = [];
      res.on('data', (piece: Buffer) => pieces.push(piece));
      res.on('error', reject);
      res.on('end', () =>
        resolve({ status: res.statusCode!, headers: res.headers, body: Buffer.concat(pieces) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

export function unpacked({ headers, body }: Pick<OnTheWire, 'headers' | 'body'>): string {
  const { 'content-encoding': encoding } = headers;
  if (encoding === 'br') return brotliDecompressSync(body).toString();
  return (encoding === 'gzip' ? gunzipSync(body) : body).toString();
}
