import { message } from '../../../src/kernel/message.ts';
import type { CataloguePage } from './types.ts';

const greetings = [
  ['Hello', 'en'],
  ['Hola', 'es'],
  ['Bonjour', 'fr'],
  ['Guten Tag', 'de'],
  ['Привіт', 'uk'],
  ['Ciao', 'it'],
  ['مرحبا', 'ar'],
  ['Olá', 'pt'],
  ['Merhaba', 'tr'],
  ['Γεια σου', 'el'],
  ['Xin chào', 'vi'],
  ['שלום', 'he'],
  ['Dzień dobry', 'pl'],
  ['გამარჯობა', 'ka'],
  ['Hej', 'sv'],
  ['Здравствуйте', 'ru'],
].map(([text, lang]) => ({ text, lang }));

const title = message('home.title');

export const homePages: CataloguePage[] = [
  { name: 'landing', view: 'home/landing', model: { title, greetings } },
  {
    name: 'landing-without-mobile-after-sign-out',
    view: 'home/landing',
    model: { title, greetings: greetings.slice(0, 3) },
    site: {
      mobileOffered: false,
      outbox: '/dev/outbox',
      flash: { kind: 'success', text: message('auth.signIn.notice.left') },
    },
  },
];
