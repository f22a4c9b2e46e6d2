export interface PendingCode {
  challengeId: string;
  seenSends: number; // a resend from a page that has seen fewer is a double press
  /** Requests that took places of the client's address; absent in sessions of the release before. */
  places?: string[];
}
