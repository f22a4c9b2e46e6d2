import type { DemoPerson } from './person.ts';

/** Those whom the README introduces: they are here when the site starts, and have no pictures. */
export const first: readonly DemoPerson[] = [
  {
    username: 'mika',
    displayName: '田中 美香',
    country: 'JP',
    native: ['ja'],
    learning: { en: 'B2', es: 'A2' },
    interests: ['photography', 'trains', 'coffee', 'travel'],
    bio: 'はじめまして！京都で写真を撮っています。\n\nI am planning three months in Spain, and would love to talk in Spanish about food, trains and small towns.',
  },
  {
    username: 'lucia',
    displayName: 'Lucía Fernández',
    country: 'ES',
    native: ['es'],
    learning: { de: 'B1' },
    interests: ['singing', 'theatre', 'cooking', 'sea'],
    bio: 'Vivo en Cádiz y canto en un coro. 🎶\nIch lerne Deutsch, weil meine Nichte in Leipzig wohnt. Langsam sprechen, bitte!',
  },
  {
    username: 'jonas',
    country: 'DE',
    native: ['de'],
    learning: { ja: 'A1', fr: 'C1', it: null },
    interests: ['board-games', 'programming', 'hiking', 'languages'],
    bio: 'Programmer from Freiburg. Happy to explain German word order, as soon as I understand it myself.',
  },
  {
    username: 'amira',
    displayName: 'أميرة',
    country: 'MA',
    native: ['ary', 'ar', 'fr'],
    learning: { en: 'B1' },
    interests: ['novels', 'tea', 'cats', 'architecture'],
    bio: 'أهلا وسهلا! أحب القراءة والشاي.\nJe corrige volontiers votre français.',
  },
  {
    username: 'olena',
    displayName: 'Олена Коваль',
    country: 'UA',
    native: ['uk'],
    learning: { pt: 'A2', en: 'C1' },
    interests: ['sewing', 'gardening', 'running', 'museums'],
  },
  {
    username: 'kawai',
    displayName: '何嘉慧',
    country: 'HK',
    native: ['yue', 'zh'],
    learning: { ase: 'A2', tl: null },
    interests: ['trains', 'tea', 'singing', 'sea'],
    bio: '我喺香港做手語翻譯。\nI interpret between Cantonese and signs, and would love to practise ASL by video.',
  },
];

/** Who looks at what is reported, and is no partner to find: `/dev/outbox` shows the codes of their second step. */
export const staff: readonly DemoPerson[] = (['desk', 'desk2', 'chief'] as const).map((username) => ({
  username,
  country: 'DE',
  native: ['de'],
  learning: { en: 'C1' },
  hidden: true,
  role: username === 'chief' ? 'admin' : 'moderator',
}));
