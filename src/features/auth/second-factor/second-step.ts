/** A run of the second step that is still open. */
export interface Run {
  id: string;
  userId: string;
  username: string;
  securityVersion: number;
  ofDevice: boolean; // on a device that signed in to this account before
  triesLeft: number;
  /** Whoever works at the desk cannot wait for it to go. */
  isStaff: boolean;
  /** Since when somebody waits for the second factor to go, and when it does. */
  lost: { beganAt: Date; opensAt: Date } | null;
}
