export interface PendingCode {
  challengeId: string;
  /** A resend from a page that has seen fewer is a double press. */
  seenSends: number;
  /** Requests that took places of the client's address; absent in sessions of the release before. */
  places?: string[];
}
