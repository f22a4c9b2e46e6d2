import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { openAssets } from '../../src/web/assets/assets.ts';
import { securityHeaders } from '../../src/web/request/security-headers.ts';
import { createViews } from '../../src/web/views/views.ts';
import { catalogues, english } from './words.ts';
import { messages, pages, siteFor } from './pages.ts';

const root = join(import.meta.dirname, '../..');

/**
 * Serves the page catalogue, under the site's own headers: every page in every state at `/page/<name>`, in another
 * locale with `?locale=ar-XB`, every letter at `/letter/<name>`.
 */
export async function openGallery(): Promise<{
  base: string;
  server: Server;
  html: (name: string, locale?: string) => string;
}> {
  const assets = openAssets(join(root, 'dist'));
  const views = createViews(join(root, 'views'), { strict: true });
  const app = express();
  app.use(securityHeaders(false));
  app.use(assets.handler);
  const html = (name: string, locale = 'en'): string => {
    const page = pages.find((p) => p.name === name)!;
    const site = siteFor(page, { ...assets.names, words: catalogues.wordsIn(locale) });
    return views.renderPage(page.view, { ...page.model, site });
  };
  app.get('/page/:name', (req, res) => void res.send(html(req.params.name, req.query.locale as string)));
  app.get('/letter/:folder/:name', (req, res) => {
    const name = `${req.params.folder}/${req.params.name}`;
    res.removeHeader('Content-Security-Policy');
    res.send(views.render(`${name}.html`, messages.find((l) => l.name === name)!.model, english));
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, html };
}
