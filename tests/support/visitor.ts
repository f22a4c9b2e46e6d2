import { randomInt } from 'node:crypto';
import request from 'supertest';
import type { TestHouse } from './house.ts';
import { moveIn } from './people.ts';

export interface Page {
  status: number;
  html: string;
  /** What is no text, such as a picture. */
  bytes: Buffer | null;
  /** The path of a redirect, or null. */
  redirectedTo: string | null;
  header(name: string): string | undefined;
}

export type Fields = Record<string, string | readonly string[] | undefined>;

export interface Joined {
  username: string;
  email: string;
  password: string;
}

function joinedAs({ username, email, password }: ReturnType<typeof newPerson>): Joined {
  return {
    username: String(username),
    email: String(email),
    password: String(password),
  };
}

let people = 0;

/** A sign-up form that is right in every field, for a person nobody has met yet. */
export function newPerson(changes: Fields = {}): Record<string, string | string[]> {
  const username = `ann_${(++people).toString(36)}_${randomInt(2 ** 31).toString(36)}`;
  const fields: Fields = {
    channel: 'email',
    email: `${username}@example.com`,
    mobileCountry: '',
    mobile: '',
    username,
    password: 'lantern-tandem-42',
    passwordConfirmation: changes.password ?? 'lantern-tandem-42',
    dateOfBirth: '1995-05-15',
    country: 'DE',
    nativeLanguage: 'de',
    learningLanguages: ['es', 'ja'],
    ...changes,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as Record<
    string,
    string | string[]
  >;
}

export function encodeForm(fields: Fields): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const v of [value ?? []].flat()) form.append(name, v);
  return form.toString();
}

/**
 * Somebody with a browser: keeps cookies, knows the form token, comes from one address. Walks through the front
 * door only.
 */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly ip: string;
  headers: Record<string, string> = {};
  #house: TestHouse;
  #token: string | null = null;

  constructor(house: TestHouse, options: { ip?: string } = {}) {
    this.#house = house;
    this.ip = options.ip ?? `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
  }

  /** The same browser, now served by another instance of the site. */
  at(house: TestHouse): this {
    this.#house = house;
    return this;
  }

  /** Somebody else's browser, at the same site. */
  another(): Visitor {
    return new Visitor(this.#house);
  }

  get sessionCookie(): string | undefined {
    return this.cookies.get('sid') ?? this.cookies.get('__Host-sid');
  }

  async send(
    method: 'get' | 'post' | 'put' | 'head',
    path: string,
    body?: string | Buffer,
    type = 'application/x-www-form-urlencoded',
  ): Promise<Page> {
    const call = request(this.#house.server)
      [method](path)
      .set({ Host: this.#house.host, 'X-Forwarded-For': this.ip, Accept: 'text/html', ...this.headers })
      .ok(() => true);
    if (this.cookies.size > 0)
      void call.set('Cookie', [...this.cookies].map(([n, v]) => `${n}=${v}`).join('; '));
    const answer = body === undefined ? await call : await call.set('Content-Type', type).send(body);
    this.#remember(([] as string[]).concat(answer.get('Set-Cookie') ?? []));
    const html = answer.text ?? '';
    this.#token = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? this.#token;
    return {
      status: answer.status,
      html,
      bytes: Buffer.isBuffer(answer.body) ? answer.body : null,
      redirectedTo: answer.headers.location ?? null,
      header: (name) => answer.get(name),
    };
  }

  #remember(lines: readonly string[]): void {
    for (const line of lines) {
      const [name = '', value = ''] = line.split(';')[0]!.split('=');
      const before = this.sessionCookie;
      if (value === '' || /expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
      // A new session has a new secret: the old token is worthless.
      if (before !== this.sessionCookie) this.#token = null;
    }
  }

  get(path: string): Promise<Page> {
    return this.send('get', path);
  }

  async token(): Promise<string> {
    if (this.#token === null) {
      const page = await this.get('/login');
      if (page.redirectedTo) await this.get('/profile');
    }
    return this.#token ?? '';
  }

  async post(path: string, fields: Fields = {}): Promise<Page> {
    return this.send('post', path, encodeForm({ _csrf: await this.token(), ...fields }));
  }

  /** Posts the sign-up form; answers what was typed beside the page. */
  async startSignUp(changes: Fields = {}): Promise<{ page: Page; person: ReturnType<typeof newPerson> }> {
    const person = newPerson(changes);
    return { page: await this.post('/sign-up', person), person };
  }

  /** Somebody who has just joined, put in by hand (people.ts). A mobile number is given in its international form. */
  async signUp(changes: Fields = {}): Promise<Joined> {
    const person = newPerson(changes);
    await moveIn(this.#house, this, person);
    this.#token = null;
    return joinedAs(person);
  }

  /** The whole way through the front door: form, message, code. */
  async join(changes: Fields = {}): Promise<Joined> {
    const { page, person } = await this.startSignUp(changes);
    if (page.status !== 303)
      throw new Error(`sign-up answered ${page.status}: ${errorsIn(page.html).join(' | ')}`);
    const code = await this.#house.outbox.nextCode(
      String(person.channel === 'email' ? person.email : person.mobile),
    );
    const welcome = await this.post('/sign-up/code', { code });
    if (welcome.redirectedTo !== '/welcome') throw new Error(`the code answered ${welcome.status}`);
    return joinedAs(person);
  }

  signIn(identifier: string, password: string, more: Fields = {}): Promise<Page> {
    return this.post('/login', { identifier, password, ...more });
  }
}

export function visitor(house: TestHouse, options: { ip?: string } = {}): Visitor {
  return new Visitor(house, options);
}

/** The error a page shows beside each of its fields. */
export function faultsIn(html: string): Record<string, string> {
  return Object.fromEntries(
    [...html.matchAll(/<p [^>]*id="([\w-]+)-error"[^>]*>([\s\S]*?)<\/p>/g)].map(([, name, text]) => [
      name,
      textOf(text!).replace(/^Error:\s*/, ''),
    ]),
  );
}

export function errorsIn(html: string): string[] {
  return Object.values(faultsIn(html));
}

/** What a person reads of a piece of HTML. */
export function textOf(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ')
    .trim();
}
