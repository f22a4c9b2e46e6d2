export interface Viewer {
  id: string;
  securityVersion: number; // when the session signed in; another version ends it
  now: Date; // when the request arrived
}
