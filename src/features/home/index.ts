import { Router } from 'express';
import { message } from '../../kernel/message.ts';
import type { Feature } from '../../web/feature.ts';
import { onlyMethods } from '../../web/request/methods.ts';
import { sitePathsOf } from '../../web/session/site-paths.ts';
import { robotRoutes } from './robots.routes.ts';

const greetings = [
  ['Hello', 'en'],
  ['Hola', 'es'],
  ['Bonjour', 'fr'],
  ['Hallo', 'de'],
  ['こんにちは', 'ja'],
  ['Olá', 'pt'],
  ['你好', 'zh'],
  ['Ciao', 'it'],
  ['مرحبا', 'ar'],
  ['안녕하세요', 'ko'],
  ['Привіт', 'uk'],
  ['नमस्ते', 'hi'],
  ['Merhaba', 'tr'],
  ['שלום', 'he'],
  ['Hej', 'sv'],
  ['Xin chào', 'vi'],
].map(([text, lang]) => ({ text, lang }));

export function homeFeature(): Feature {
  return { name: 'home', pages: landingRoutes().use(robotRoutes()), findable: ['/'] };
}

function landingRoutes(): Router {
  const router = Router();
  router.get('/', (req, res) => {
    if (req.session.userId) return res.redirect(303, sitePathsOf(req).start);
    return res.render('home/landing', { title: message('home.title'), greetings });
  });
  router.all('/', onlyMethods('GET'));
  return router;
}
