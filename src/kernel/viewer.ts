/** Who asks: made by the guard of a page, an act or the socket, and handed to every service. */
export interface Viewer {
  id: string;
  /** Of the account when this session signed in; under another one the session is worth nothing. */
  securityVersion: number;
  /** When the request arrived. */
  now: Date;
}
