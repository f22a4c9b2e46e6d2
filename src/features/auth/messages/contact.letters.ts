import { momentInWords } from '../../../kernel/clock.ts';
import { channelWords } from '../accounts/contact.ts';
import { type ChangeKind, undoHours } from '../contact/changes.ts';

/**
 * News of contacts. Changed: to those that the account had before, with the token of a way back (null: without). Undone: to those that
 * it has now, and (`isGone`) to those that it lost again.
 */
export type ContactLetter =
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
export const contactModel = (letter: ContactLetter, link: (path: string) => string): object => {
  const common = {
    username: letter.username,
    when: momentInWords(letter.at),
    forgotUrl: link('/password/forgot'),
  };
  if (letter.kind === 'contact-undone')
    return { ...common, isGone: letter.isGone, contactUrl: link('/settings/contact') };
  return {
    ...common,
    device: letter.device,
    what: channelWords[letter.channel],
    how: letter.how,
    hours: undoHours,
    undoUrl: letter.token && link(`/contact/undo/${letter.token}`),
  };
};
