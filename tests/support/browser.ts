import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll } from '@jest/globals';
import { freePort } from './free-port.ts';
import { endWithWorker, openTestHouse, type TestHouse } from './house.ts';
import { moveIn } from './people.ts';
import { newPerson } from './visitor.ts';

/** Everything a headless browser needs to stay on this machine. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Another one than that of the worker; whoever opens it closes it. */
export function openChromium(...more: string[]): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: [...quiet, ...more] });
}

/** The site as a laptop runs it: messages are read at /dev/outbox. */
async function openBrowserHouse(): Promise<{ house: TestHouse; base: string }> {
  const port = await freePort();
  const base = `http://localhost:${port}`;
  const house = await openTestHouse({
    env: { PUBLIC_URL: base, TRUSTED_PROXY_HOPS: '0' },
    port,
    realTransports: true,
  });
  houseAt.set(base, house);
  return { house, base };
}

/** Whose pages a browser looks at, by their address. */
const houseAt = new Map<string, TestHouse>();
let chromiumOfWorker: Promise<Browser> | null = null;
let siteOfWorker: Promise<{ house: TestHouse; base: string }> | null = null;

/** The one Chromium of this worker; everybody has a context of their own in it. */
export function browserOfThisWorker(): Promise<Browser> {
  return (chromiumOfWorker ??= openChromium().then((browser) => {
    endWithWorker(() => browser.close());
    return browser;
  }));
}

/** That Chromium, and one site with it, emptied for each file; awaited at the top of the file. */
export async function browserOfThisFile(): Promise<{ browser: Browser; house: TestHouse; base: string }> {
  const isNew = siteOfWorker === null;
  siteOfWorker ??= openBrowserHouse();
  const [browser, site] = await Promise.all([browserOfThisWorker(), siteOfWorker]);
  if (!isNew) await site.house.empty();
  afterAll(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  return { browser, ...site };
}

export interface Person {
  username: string;
  email: string;
  password: string;
}

/** Somebody at a browser. What the page complains about on its console is kept in `complaints`. */
export class Guest {
  readonly complaints: string[] = [];
  readonly context: BrowserContext;
  readonly page: Page;
  readonly #base: string;

  private constructor(base: string, context: BrowserContext, page: Page) {
    this.#base = base;
    this.context = context;
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (line) => {
      // A refused form is an answer, not a fault, but Chromium reports every status of 400 and more.
      if (line.type() === 'error' && !/status of 4(04|22|29)/.test(line.text()))
        this.complaints.push(line.text());
    });
  }

  static async arrive(browser: Browser, base: string, options: BrowserContextOptions = {}): Promise<Guest> {
    const context = await browser.newContext({ locale: 'en-US', baseURL: base, ...options });
    return new Guest(base, context, await context.newPage());
  }

  /** Fills in the sign-up form; `mobile` is a national German number, `begun`: a page led here with both languages. */
  async fillSignUp({ mobile, begun = false }: { mobile?: string; begun?: boolean } = {}): Promise<Person> {
    const { username, email, password } = newPerson() as Record<string, string>;
    const { page } = this;
    if (!begun) await page.goto('/sign-up');
    if (mobile) {
      await page.getByLabel('Mobile', { exact: true }).check();
      await page.locator('[name=mobileCountry]').selectOption('DE');
      await page.locator('[name=mobile]').fill(mobile);
    } else await page.locator('[name=email]').fill(email!);
    await page.locator('[name=username]').fill(username!);
    await page.locator('[name=password]').fill(password!);
    const again = page.locator('[name=passwordConfirmation]');
    if ((await again.count()) > 0) await again.fill(password!); // only without scripts
    await page.locator('[name=dateOfBirthDay]').fill('15');
    await page.locator('[name=dateOfBirthMonth]').fill('May');
    await page.locator('[name=dateOfBirthYear]').fill('1995');
    await page.locator('[name=country]').selectOption('FR');
    if (begun) return { username: username!, email: email!, password: password! };
    await page.locator('[name=nativeLanguage]').selectOption('fr');
    const learning = page.locator('[name=learningLanguages]').first();
    // One list without scripts, which names languages by their labels.
    const isOneList = (await learning.getAttribute('multiple')) !== null;
    await learning.selectOption(isOneList ? 'Japanese' : 'ja');
    return { username: username!, email: email!, password: password! };
  }

  /** Presses the form's own button and waits for the page it leads to. */
  async send(path: string, leadsTo: string): Promise<void> {
    await this.page.locator(`form[action="${path}"] button[type=submit]:visible`).first().click();
    await this.page.waitForURL(`**${leadsTo}`);
  }

  /** Reads the newest code to a destination at /dev/outbox, in another tab. */
  async readCode(to: string): Promise<string> {
    const tab = await this.context.newPage();
    try {
      for (let tries = 0; tries < 100; tries++) {
        await tab.goto('/dev/outbox');
        const text = await tab
          .locator('article', { hasText: to })
          .first()
          .textContent({ timeout: 500 })
          .catch(() => null);
        const code = /(?<!\d)\d{6}(?!\d)/.exec(text?.replace(to, '') ?? '')?.[0];
        if (code) return code;
      }
      throw new Error(`no code for ${to} in the outbox`);
    } finally {
      await tab.close();
    }
  }

  /** Somebody who has joined, put in by hand (people.ts), on their profile. */
  async moveIn(): Promise<Person> {
    const person = newPerson({ country: 'FR', nativeLanguage: 'fr', learningLanguages: ['ja'] });
    const cookies = new Map<string, string>();
    const userAgent = (await this.page.evaluate('navigator.userAgent')) as string;
    await moveIn(
      houseAt.get(this.#base)!,
      { ip: '127.0.0.1', headers: { 'User-Agent': userAgent }, cookies },
      person,
    );
    await this.context.addCookies(
      [...cookies].map(([name, value]) => ({
        name,
        value,
        url: this.#base,
        httpOnly: true,
        sameSite: 'Lax',
      })),
    );
    await this.page.goto('/profile');
    return person as unknown as Person;
  }

  /** Through the front door, from the form to the first minute. */
  async join(options: { begun?: boolean } = {}): Promise<Person> {
    const person = await this.fillSignUp(options);
    await this.send('/sign-up', '/sign-up/code');
    await this.page.locator('[name=code]').fill(await this.readCode(person.email));
    await this.send('/sign-up/code', '/welcome');
    return person;
  }

  async signIn(identifier: string, password: string): Promise<void> {
    await this.page.goto('/login');
    await this.page.locator('[name=identifier]').fill(identifier);
    await this.page.locator('[name=password]').fill(password);
    await this.send('/login', '/people');
  }

  /** By the button of one's own page. */
  async signOut(): Promise<void> {
    await this.page.goto('/profile');
    await this.send('/logout', '/login');
  }

  get base(): string {
    return this.#base;
  }
}
