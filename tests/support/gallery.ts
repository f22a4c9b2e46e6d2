import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import express from 'express';
import type { Browser } from 'playwright-core';
import { openAssets } from '../../src/web/assets/assets.ts';
import { securityHeaders } from '../../src/web/request/security-headers.ts';
import { createViews } from '../../src/web/views/views.ts';
import { browserOfThisWorker } from './browser.ts';
import { catalogues, english } from './words.ts';
import { messages, pages, siteFor } from './pages.ts';

interface Gallery {
  base: string;
  html: (name: string, locale?: string) => string;
}

const root = join(import.meta.dirname, '../..');

/**
 * Serves the page catalogue, under the site's own headers: every page in every state at `/page/<name>`, in another
 * locale with `?locale=ar-XB`, every letter at `/letter/<name>`.
 */
async function openGallery(): Promise<{ gallery: Gallery; server: Server }> {
  const assets = openAssets(join(root, 'dist'));
  const views = createViews(join(root, 'views'), { strict: true });
  const app = express();
  app.use(securityHeaders(false));
  // A conversation that is only a picture has nothing to ask: its script would load the page anew, since nobody answers.
  app.get(/\/js\/conversation\./, (_req, res) => void res.type('js').send(''));
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
  const { port } = server.address() as AddressInfo;
  return { gallery: { base: `http://127.0.0.1:${port}`, html }, server };
}

/** It and the Chromium of this worker; awaited at the top of the file. */
export async function galleryOfThisFile(): Promise<{ browser: Browser; gallery: Gallery }> {
  const [browser, { gallery, server }] = await Promise.all([browserOfThisWorker(), openGallery()]);
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return { browser, gallery };
}
