/** `gone`: no socket for `presencePolicy.lasts`. Null: not shown to the viewer, or nobody knows now. */
export type Presence = 'here' | 'gone' | null;
