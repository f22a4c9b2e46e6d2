import type { Visitor } from './visitor.ts';

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  header: (name: string) => string | undefined;
}

/** A program that holds somebody's session. */
export class ApiClient {
  #token: string | null = null;
  readonly #who: Visitor;

  constructor(who: Visitor) {
    this.#who = who;
  }

  async send(
    method: 'get' | 'post' | 'put' | 'head',
    path: string,
    body?: string | Buffer,
    { headers = {}, type = 'application/json' }: { headers?: Record<string, string>; type?: string } = {},
  ): Promise<Answer> {
    const before = this.#who.headers;
    this.#who.headers = { ...before, Accept: 'application/json', ...headers };
    try {
      const page = await this.#who.send(method, `/api/v1${path}`, body, type);
      return {
        status: page.status,
        body: page.html === '' ? {} : (JSON.parse(page.html) as Record<string, unknown>),
        header: (name) => page.header(name),
      };
    } finally {
      this.#who.headers = before;
    }
  }

  get(path: string): Promise<Answer> {
    return this.send('get', path);
  }

  async token(): Promise<string> {
    this.#token ??= String((await this.get('/session')).body.csrfToken);
    return this.#token;
  }

  async post(path: string, fields: Record<string, unknown> = {}): Promise<Answer> {
    return this.postRaw(path, JSON.stringify(fields));
  }

  async postRaw(path: string, body: string | Buffer, type = 'application/json'): Promise<Answer> {
    return this.send('post', path, body, { type, headers: { 'X-CSRF-Token': await this.token() } });
  }
}
