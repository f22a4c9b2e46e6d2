import { eventType } from '../../events/event-type.ts';

/** `userId` blocked `otherId`. */
export const blocked = eventType('safety.blocked', 'otherId');
/** `userId` has chosen anew whether partners see that they are here. */
export const presenceChosen = eventType('safety.presenceChosen');
/** `userId` is of another band than the night before. */
export const bandChanged = eventType('safety.bandChanged');
