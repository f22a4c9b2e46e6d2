import { type ChangeKind, undoHours } from '../contact/changes.ts';
import { deviceFirst } from '../devices/device-first.ts';

/** Changed: to the contacts of before. Undone: to those of now and, with `isGone`, to those that went. */
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

/** `link` makes a path absolute. */
export function contactModel(message: ContactMessage, link: (path: string) => string): object {
  const common = {
    username: message.username,
    at: message.at.getTime(),
    forgotUrl: link('/password/forgot'),
  };
  if (message.kind === 'contact-undone')
    return { ...common, isGone: message.isGone, contactUrl: link('/settings/contact') };
  return {
    ...common,
    deviceFirst: deviceFirst(message.device),
    channel: message.channel,
    how: message.how,
    hours: undoHours,
    undoUrl: message.token && link(`/contact/undo/${message.token}`),
  };
}
