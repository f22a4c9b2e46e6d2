import type { ShownPicture } from '../../pictures/index.ts';

/**
 * What a conversation is to one of its two, who learns no more of it: `new` begins with a first hello; `asked` waits for the
 * other's answer (a declined one for ever); `asking` waits for one's own; `declined` by oneself; `ended` by a block that was
 * taken back; `former`: the other is gone, or nobody to the viewer.
 */
export const conversationStatuses = [
  'new',
  'asked',
  'asking',
  'accepted',
  'declined',
  'ended',
  'former',
] as const;
export type ConversationStatus = (typeof conversationStatuses)[number];

/** The other, while the viewer may see them. */
export interface Correspondent {
  username: string;
  displayName: string | null;
  avatar: ShownPicture | null;
}
