import { chatsPage } from '../../../src/features/chat/conversations/chats.page.ts';
import { type NavFacts, noNavFacts } from '../../../src/web/views/nav.ts';
import { waiting } from './frame.ts';
import { picture } from './pictures.ts';
import type { CataloguePage } from './types.ts';

/** What stands round a page, in each of its states; the page itself says little. */
function shell(name: string, path: string, navFacts: NavFacts): CataloguePage {
  return {
    name: `shell-${name}`,
    view: 'chat/chats',
    model: chatsPage('chats', { items: [], next: null }, { parted: [], now: new Date(0) }),
    signedIn: true,
    site: { path, navFacts },
  };
}

const face = { gone: false, avatar: null as object | null, initial: 'L', hue: 2 };
const staff: NavFacts = { ...waiting(0), counts: new Map([['/desk', 7]]) };

export const shellPages: CataloguePage[] = [
  shell('people', '/people', waiting(1)),
  shell('person', '/people/mateo', waiting(99)),
  shell('chats', '/chats', waiting(100)),
  shell('you', '/profile', waiting(0, { name: 'Lena', face: { ...face, avatar: picture(256, 256, '') } })),
  shell('settings', '/settings', waiting(0)),
  shell('safety', '/safety', waiting(0)),
  shell('help', '/help', waiting(0)),
  shell('long-name', '/people', waiting(3, { name: '\uFDFD'.repeat(50), face })),
  shell(
    'right-to-left-name',
    '/people',
    waiting(0, { name: 'سمير بن يوسف', face: { ...face, initial: 'س' } }),
  ),
  shell('staff', '/people', staff),
  shell('nobody-asked', '/people', noNavFacts),
];
