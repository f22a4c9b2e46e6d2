import type { Express, Request } from 'express';

/** Where people are led, whatever they asked for. */
export interface SitePaths {
  signIn: string; // for visitors
  start: string; // for members
  welcome: string; // for whoever has just joined
  own: string; // a member's page about themselves
  settings: string;
  account: string; // where a member closes their account
  terms: string; // to which people agree by joining
  privacy: string; // what is kept of them
  barred: string; // for whom the desk keeps out
  confirm: string; // asks members for their password once more
  outbox: string | null; // where messages that stay at home are read, in development
  formPage: (path: string) => string | null; // of a member's form; null where there is none
}

const KEY = 'site paths';

export function setSitePaths(app: Express, paths: SitePaths): void {
  app.set(KEY, paths);
}

export function sitePathsOf({ app }: Pick<Request, 'app'>): SitePaths {
  return app.get(KEY) as SitePaths;
}
