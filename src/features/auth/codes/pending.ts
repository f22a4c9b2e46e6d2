/** What a session keeps of a flow that waits for its code. */
export interface PendingCode {
  challengeId: string;
  /** How many sends the visitor's page has shown; a resend from an older page is a double press. */
  seenSends: number;
  /** The requests that took places of the client's address; absent in sessions of the release before. */
  places?: string[];
}
