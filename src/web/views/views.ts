import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';
import type { Express, Request, Response } from 'express';
import type { FooterGroup } from './footer.ts';
import type { Nav, NavFacts } from './nav.ts';
import type { Flash } from '../session/session-data.ts';
import { sendText } from '../send-text.ts';
import type { SettingsGroup } from './slots.ts';
import { remembering } from '../../kernel/remembering.ts';
import { type Message, named } from '../../kernel/message.ts';
import { el, escapeHtml } from '../words/markup.ts';
import type { Words } from '../words/words.ts';
import { optionsHtml } from './options.ts';
import { strictModel } from './strict-model.ts';

/** In `res.locals.site`. */
export type SiteLocals = {
  name: string;
  signedIn: { username: string } | null;
  csrfToken: () => string; // begins a session, so only for pages with a form
  asset: (logical: string) => string; // `css/app.css` → its hashed path
  chunksOf: (logical: string) => readonly string[]; // what a script imports
  path: string;
  flash: Flash | null;
  mobileOffered: boolean;
  publicUrl: string;
  outbox: string | null; // where messages that stay at home are read
  nav: Nav;
  footer: readonly FooterGroup[];
  navFacts: NavFacts;
  settings: { path: string; groups: readonly SettingsGroup[] };
  words: Words;
};

export type Views = {
  has(name: string): boolean;
  /** Without layout. Throws on an unknown name and, when strict, on an unknown property. */
  render(name: string, model: object, words: Words): string;
  renderPage(name: string, model: PageModel): string;
};

/** A title that is no message is what somebody is called. */
export type PageModel = { title: Message | string; site: SiteLocals };

type Scope = {
  it: object;
  include: (name: string, model?: object) => string;
  /** Names the view that stands round this one, and what it shows beside its `body`. */
  layout: (name: string, model: object) => void;
  helpers: Helpers;
};
/** What every template of a locale may call. One object: ejs copies the scope, key by key, for each include. */
type Helpers = Pick<Words, 't' | 'say' | 'rich' | 'sayRich'> & {
  options: typeof optionsHtml;
  el: typeof el;
  named: typeof named;
  words: Words;
};
type Template = (scope: Scope) => string;

/** Compiles all templates. `strict` finds misspelt names, at a cost: for development and tests. */
export function createViews(dir: string, { strict }: { strict: boolean }): Views {
  const templates = new Map<string, Template>();

  /** Only the given data; ejs's own include would add the includer's. */
  const render = (name: string, model: object, words: Words): string => {
    const template = templates.get(name);
    if (!template) throw new Error(`There is no view "${name}"`);
    const it = strict ? strictModel(model, `it (${name})`) : model;
    const frames: Parameters<Scope['layout']>[] = [];
    const layout: Scope['layout'] = (...frame) => void frames.push(frame);
    const include: Scope['include'] = (part, its = {}) => render(part, its, words);
    const helpers = isPlainText(name) ? plainHelpers(words) : htmlHelpers(words);
    const text = template({ it, include, layout, helpers });
    const [frame] = frames;
    if (frame) return render(frame[0], { ...frame[1], body: text.trim() }, words);
    return isPlainText(name) ? text.trim() : text;
  };

  for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ejs')) continue;
    const name = file.replaceAll('\\', '/').slice(0, -'.ejs'.length);
    templates.set(name, compile(readFileSync(join(dir, file), 'utf8'), { name, strict }));
  }

  return {
    has: (name) => templates.has(name),
    render,
    renderPage: (name, page) => {
      const { title, site } = page;
      const body = render(name, page, site.words);
      return render('layouts/main', { view: name, title, page, site, body }, site.words);
    },
  };
}

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- how Express lets answers be given more
  namespace Express {
    interface Response {
      /** A part of a page, in the language of whoever asks. */
      draw: (name: string, model: object) => string;
    }
  }
}

/** Null: no item of the frame asks for anything. */
export type NavFactsFor = ((req: Request) => Promise<NavFacts>) | null;

/** Replaces `res.render`: Express's own looks for files and adds its settings to the model. */
export function installViews(app: Express, views: Views, navFactsFor: NavFactsFor): void {
  app.response.draw = function (this: Response, name: string, model: object): string {
    return views.render(name, model, (this.locals.site as SiteLocals).words);
  };
  app.response.render = function (this: Response, name: string, page: object = {}): void {
    const site = this.locals.site as SiteLocals;
    const draw = (): void => {
      const html = views.renderPage(name, { ...page, site } as PageModel);
      sendText(this, 'text/html; charset=utf-8', html);
    };
    // A page that says "we are down" must not ask for anything.
    if (!navFactsFor || !site.signedIn || this.statusCode >= 500) return draw();
    void navFactsFor(this.req)
      .then((facts) => {
        site.navFacts = facts;
        draw();
      })
      .catch(this.req.next);
  };
}

const htmlHelpers = remembering(Infinity, (words: Words): Helpers => {
  const { t, say, rich, sayRich } = words;
  return { t, say, rich, sayRich, options: optionsHtml, el, named, words };
});

/** What is no HTML says the same entries plainly. */
const plainHelpers = remembering(Infinity, (words: Words): Helpers => {
  const { t, say } = words;
  return { ...htmlHelpers(words), rich: t as Words['rich'], sayRich: say };
});

/** The block puts our own `include` before ejs's. */
function compile(source: string, { name, strict }: { name: string; strict: boolean }): Template {
  const options = {
    strict: true,
    localsName: 'scope',
    filename: name,
    compileDebug: strict,
    escape: isPlainText(name) ? textOf : (value?: string | number | null) => escapeHtml(textOf(value)),
    // No copy of the scope for each include, a fifth of a page's time: nobody but `render` makes one.
    unsafePrototypeLocals: true,
  };
  return ejs.compile(
    `<% { const { it, include, layout, helpers } = scope;
      const { options, t, say, rich, sayRich, el, named, words } = helpers; %>${source}<% } %>`,
    options,
  ) as Template;
}

function textOf(value?: string | number | null): string {
  return String(value ?? '');
}

/** Not HTML: nothing is escaped, and outer white space goes. */
function isPlainText(name: string): boolean {
  return name.endsWith('.text') || name.endsWith('.subject');
}
