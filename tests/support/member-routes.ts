import { another } from './recovering.ts';
import { right } from './devices.ts';
import type { TestHouse } from './house.ts';
import type { Fields } from './visitor.ts';

export interface MemberRoute {
  method: 'get' | 'post';
  /** As Express has it: "/people/:username". */
  route: string;
  /** What a browser asks for. */
  path: string;
  /** A form that would be carried out. */
  fields?: Fields;
}

/** Every route that is for signed-in people only. `username` and `handle` are of the person and another session of theirs. */
export const memberRoutes = ({ username, handle }: { username: string; handle: string }): MemberRoute[] => [
  { method: 'get', route: '/profile', path: '/profile' },
  { method: 'get', route: '/people/:username', path: `/people/${username}` },
  { method: 'get', route: '/settings/security', path: '/settings/security' },
  { method: 'get', route: '/settings/password', path: '/settings/password' },
  {
    method: 'post',
    route: '/settings/password',
    path: '/settings/password',
    fields: { currentPassword: right, password: another, passwordConfirmation: another },
  },
  { method: 'get', route: '/settings/confirm', path: '/settings/confirm' },
  {
    method: 'post',
    route: '/settings/confirm',
    path: '/settings/confirm',
    fields: { currentPassword: right },
  },
  {
    method: 'post',
    route: '/settings/sessions/revoke-others',
    path: '/settings/sessions/revoke-others',
  },
  {
    method: 'post',
    route: '/settings/sessions/:id/revoke',
    path: `/settings/sessions/${handle}/revoke`,
  },
];

interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle?: { stack?: Layer[] };
}

/** Every "GET /path" and "POST /path" that the site's routers answer. */
export const routesOf = ({ house }: TestHouse): string[] => {
  const walk = (layers: readonly Layer[]): string[] =>
    layers.flatMap(({ route, handle }) => {
      if (!route) return walk(handle?.stack ?? []);
      return [route.path]
        .flat()
        .flatMap((path) =>
          ['get', 'post']
            .filter((method) => route.methods[method])
            .map((method) => `${method.toUpperCase()} ${path}`),
        );
    });
  return [...new Set(walk((house.app.router as unknown as { stack: Layer[] }).stack))];
};
