import { Agent, request } from 'node:http';
import { browsersAccept, unpacked } from '../tests/support/wire.ts';
import { settings } from './settings.ts';

export interface Reply {
  status: number;
  body: string;
  location: string | null;
  retryAfter: string | null;
  /** From the first byte sent to the last one read. */
  ms: number;
}

const host = new URL(settings.publicUrl).host;
/** Connections stay open, so that no handshake is measured. */
const agent = new Agent({ keepAlive: true });
let clients = 0;

/** A browser that nobody has seen yet, from an address of its own. */
export class Client {
  readonly #port: number;
  readonly #cookies = new Map<string, string>();
  readonly ip: string;
  #token = '';

  constructor(port: number) {
    this.#port = port;
    const n = ++clients;
    // Each process counts for itself.
    this.ip = `10.${process.pid % 250}.${n >> 8}.${n & 255}`;
  }

  /** Reads a page; the token of its form goes with the next post. */
  async read(path: string): Promise<Reply> {
    const reply = await this.send('GET', path);
    this.#token = /name="_csrf" value="([^"]+)"/.exec(reply.body)?.[1] ?? '';
    return reply;
  }

  async open(path: string): Promise<this> {
    await this.read(path);
    return this;
  }

  /** The form as it would be posted. */
  formOf(fields: Record<string, string>): string {
    return new URLSearchParams({ _csrf: this.#token, ...fields }).toString();
  }

  cookieHeader(): string {
    return [...this.#cookies].map((pair) => pair.join('=')).join('; ');
  }

  /** The same device after its session. */
  signedOut(): Client {
    const other = new Client(this.#port);
    for (const [name, value] of this.#cookies) if (!name.endsWith('sid')) other.#cookies.set(name, value);
    return other;
  }

  post(path: string, fields: Record<string, string>): Promise<Reply> {
    return this.send('POST', path, this.formOf(fields));
  }

  send(method: 'GET' | 'POST', path: string, form = ''): Promise<Reply> {
    const headers: Record<string, string> = {
      Host: host,
      'X-Forwarded-For': this.ip,
      Accept: 'text/html',
      'Accept-Encoding': browsersAccept,
    };
    if (this.#cookies.size > 0) headers.Cookie = this.cookieHeader();
    if (method === 'POST') {
      headers['Content-Type'] = 'application/x-www-form-urlencoded';
      headers['Content-Length'] = String(Buffer.byteLength(form));
    }
    return new Promise((resolve, reject) => {
      const start = performance.now();
      const call = request({ port: this.#port, host: '127.0.0.1', method, path, headers, agent }, (res) => {
        const pieces: Buffer[] = [];
        res.on('data', (piece: Buffer) => pieces.push(piece));
        res.on('end', () => {
          const ms = performance.now() - start;
          for (const line of res.headers['set-cookie'] ?? []) {
            const [name = '', value = ''] = line.split(';')[0]!.split('=');
            if (value) this.#cookies.set(name, value);
            else this.#cookies.delete(name);
          }
          const { location = null, 'retry-after': retryAfter = null } = res.headers;
          const status = res.statusCode ?? 0;
          const body = unpacked({ headers: res.headers, body: Buffer.concat(pieces) });
          resolve({ status, body, location, retryAfter, ms });
        });
      });
      call.on('error', reject);
      call.end(form);
    });
  }
}
