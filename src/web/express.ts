import express, { type Express } from 'express';
import { installJson } from './send-text.ts';
import { type SitePaths, setSitePaths } from './session/site-paths.ts';
import { type Catalogues, installWords } from './words/catalogues.ts';
import { type NavFactsFor, installViews, type Views } from './views/views.ts';

export interface ExpressOptions {
  views: Views;
  catalogues: Pick<Catalogues, 'wordsFor'>;
  paths: SitePaths;
  navFacts: NavFactsFor;
  trustedProxyHops: number;
  /** Whether the site is https. */
  secure: boolean;
}

/** Express, without what it does unasked. */
export function createExpress(options: ExpressOptions): Express {
  const { views, catalogues, paths, navFacts, trustedProxyHops, secure } = options;
  const app = express();
  app.disable('x-powered-by');
  // Pages are `no-store`: nobody keeps one to ask about. Files have tags of their own.
  app.disable('etag');
  app.set('trust proxy', trustedProxyHops);
  // By PUBLIC_URL, not by a header: cookies are Secure wherever the site is https.
  Object.defineProperty(app.request, 'protocol', { configurable: true, value: secure ? 'https' : 'http' });
  installViews(app, views, navFacts);
  installWords(app, catalogues);
  installJson(app);
  setSitePaths(app, paths);
  return app;
}
