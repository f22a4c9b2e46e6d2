import type { Express, Request } from 'express';

/** Where people are led, whatever they asked for. */
export interface SitePaths {
  /** Where visitors sign in. */
  signIn: string;
  /** Where signed-in people begin. */
  start: string;
  /** The page that a member's form stands on; null where that is none. */
  formPage: (path: string) => string | null;
}

const KEY = 'site paths';

export function setSitePaths(app: Express, paths: SitePaths): void {
  app.set(KEY, paths);
}

export function sitePathsOf({ app }: Pick<Request, 'app'>): SitePaths {
  return app.get(KEY) as SitePaths;
}
