import { momentInWords } from '../../../kernel/clock.ts';
import { channelWords } from '../accounts/contact.ts';
import { type ChangeKind, undoHours } from '../contact/changes.ts';

/**
 * News of contacts. Changed: to those that the account had before, with the token of a way back (null: without). Undone: to those that
 * it has now, and (`isGone`) to those that it lost again.
 */
export type ContactMessage =
  | {
      kind: 'contact-changed';
      username: string;
      at: Date;
      device: string;
      channel: 'email' | 'mobile';
      how: ChangeKind;
      token: string | null;
    }
  | { kind: 'contact-undone'; username: string; at: Date; isGone: boolean };

/** The models of `contact-changed` and `contact-undone`; `link` makes a whole address of a path. */
export function contactModel(message: ContactMessage, link: (path: string) => string): object {
  const common = {
    username: message.username,
    when: momentInWords(message.at),
    forgotUrl: link('/password/forgot'),
  };
  if (message.kind === 'contact-undone')
    return { ...common, isGone: message.isGone, contactUrl: link('/settings/contact') };
  return {
    ...common,
    device: message.device,
    what: channelWords[message.channel],
    how: message.how,
    hours: undoHours,
    undoUrl: message.token && link(`/contact/undo/${message.token}`),
  };
}
