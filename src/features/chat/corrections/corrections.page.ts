import { message, shownDay } from '../../../kernel/message.ts';
import type { Names } from '../../../web/words/names.ts';
import { messageView } from '../messages/message.page.ts';
import { correspondentView } from '../pairs/correspondent.page.ts';
import type { KeptPage } from './corrections.service.ts';

interface Shown {
  names: Names;
  now: Date;
  language: string; // '': all
}

const path = '/profile/corrections';

function pathOf(language: string, after: string | null = null): string {
  const query = new URLSearchParams({
    ...(language === '' ? {} : { language }),
    ...(after === null ? {} : { after }),
  });
  return query.size > 0 ? `${path}?${query.toString()}` : path;
}

export function correctionsPage({ items, languages, next }: KeptPage, { names, now, language }: Shown) {
  const tabs = languages
    .map((code) => ({ path: pathOf(code), name: names.language(code), current: code === language }))
    .toSorted((one, other) => one.name.localeCompare(other.name, names.locale));
  return {
    title: message('chat.corrections.title'),
    all: { path, current: !tabs.some(({ current }) => current) },
    tabs: tabs.length > 1 ? tabs : [],
    namesLang: names.locale,
    items: items.map(({ with: name, person, message: said }) => {
      const who = correspondentView(person);
      const seen = { with: name, name: who.gone ? null : who.name, partners: false, now };
      return {
        who,
        day: shownDay(said.at),
        path: `/chats/${name}?before=${said.seq + 1}#m-${said.seq}`,
        message: messageView(said, seen),
      };
    }),
    more: next === null ? null : pathOf(language, next),
  };
}
