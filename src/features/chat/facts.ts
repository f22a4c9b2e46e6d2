import { eventType } from '../../events/event-type.ts';

/** `userId` said hello to `otherId`, whom it reached. */
export const requested = eventType('chat.requested', 'otherId', 'conversationId');
/** `userId` accepted the hello of `otherId`. */
export const accepted = eventType('chat.accepted', 'otherId', 'conversationId');
