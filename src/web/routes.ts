import type { RequestHandler } from 'express';

type Access = 'visitor' | 'member' | 'staff';

export interface ListedRoute {
  method: string;
  path: string;
  access: Access | 'anyone'; // of its guards; features ask further questions themselves
  feature: string;
}

/** For the list of routes. */
export function lets<Guard extends RequestHandler>(access: Access, guard: Guard): Guard {
  return Object.assign(guard, { access });
}

export function belongsTo<Handler extends RequestHandler>(feature: string, handler: Handler): Handler {
  return Object.assign(handler, { feature });
}

/** Of Express's router. */
interface Layer {
  route?: { path: string | string[]; stack: { method?: string; handle: { access?: Access } }[] };
  handle?: { stack?: Layer[]; feature?: string };
}

function routesOfLayer({ route, handle }: Layer, within: string): ListedRoute[] {
  const feature = handle?.feature ?? within;
  if (!route) return (handle?.stack ?? []).flatMap((layer) => routesOfLayer(layer, feature));
  const access = route.stack.map(({ handle: guard }) => guard.access).find((who) => who !== undefined);
  const methods = new Set(route.stack.flatMap(({ method }) => (method ? [method.toUpperCase()] : [])));
  return [route.path]
    .flat()
    .flatMap((path) => [...methods].map((method) => ({ method, path, access: access ?? 'anyone', feature })));
}

/** In the order of matching. */
export function routesOfApp(app: { router: unknown }): ListedRoute[] {
  const { stack } = app.router as { stack: Layer[] };
  return stack.flatMap((layer) => routesOfLayer(layer, ''));
}
