import { routesOfApp } from '../../src/web/routes.ts';
import { featureFacts, type MemberRoute } from './features.ts';
import type { TestHouse } from './house.ts';

/** Every route that is for signed-in people only. `username` and `handle` are of the person and another session of theirs. */
export function memberRoutes(of: { username: string; handle: string }): MemberRoute[] {
  return featureFacts.flatMap((facts) => facts.memberRoutes?.(of) ?? []);
}

/** Every "GET /path" and "POST /path" that the site's routers answer. */
export const routesOf = ({ house }: TestHouse): string[] =>
  routesOfApp(house.app).map(({ method, path }) => `${method} ${path}`);
