import { message, shownDay } from '../../../kernel/message.ts';
import { writePlace } from './blocks.forms.ts';
import type { BlockPage } from './blocks.service.ts';
import type { Block } from './blocks.store.ts';

export const blockedPath = '/settings/blocked';

function unblockPath(id: string): string {
  return `${blockedPath}/${id}/unblock`;
}

/** For `safety/block`. */
export function blockPage(username: string) {
  const heading = message('safety.block.heading', { username });
  const path = `/people/${username}`;
  return {
    title: heading,
    question: {
      heading,
      lines: [
        message('safety.block.unseen'),
        message('safety.block.quiet'),
        message('safety.block.chat'),
        message('safety.block.back'),
      ],
      action: `${path}/block`,
      fields: {},
      button: message('safety.block.button'),
      busy: message('safety.block.busy'),
      danger: true,
      back: { path, text: message('safety.cancel') },
    },
  };
}

/** For `settings/unblock`. */
export function unblockPage({ id, username }: Block) {
  const heading = message('safety.unblock.heading', { username });
  return {
    title: heading,
    question: {
      heading,
      lines: [message('safety.unblock.seen'), message('safety.unblock.hello')],
      action: unblockPath(id),
      fields: {},
      button: message('safety.unblock.button'),
      busy: message('safety.unblock.busy'),
      danger: false,
      back: { path: blockedPath, text: message('safety.cancel') },
    },
  };
}

/** For `settings/blocked`. */
export function blockedPage({ items, next }: BlockPage) {
  return {
    title: message('safety.blocked.title'),
    people: items.map(({ id, username, at }) => ({
      username,
      since: message('safety.blocked.since', { at: shownDay(at) }),
      path: unblockPath(id),
    })),
    nextPath: next && `${blockedPath}?after=${writePlace(next)}`,
    nobody: {
      heading: message('safety.blocked.none.heading'),
      text: message('safety.blocked.none.text'),
      action: null,
    },
  };
}
