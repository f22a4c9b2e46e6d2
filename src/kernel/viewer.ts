export interface Viewer {
  id: string;
  /** When the session signed in; another version ends it. */
  securityVersion: number;
  /** When the request arrived. */
  now: Date;
}
