import type { RequestHandler } from 'express';

/** Whom a guard lets in. */
type Access = 'visitor' | 'member';

export interface ListedRoute {
  method: string;
  path: string;
  /** Of the guards that stand before it; who may do what is asked of the features besides. */
  access: Access | 'anyone';
  feature: string;
}

/** Says of a guard whom it lets in, so that routes can be listed by what they declare. */
export function lets<Guard extends RequestHandler>(access: Access, guard: Guard): Guard {
  return Object.assign(guard, { access });
}

/** Says of a router or a handler whose it is. */
export function belongsTo<Handler extends RequestHandler>(feature: string, handler: Handler): Handler {
  return Object.assign(handler, { feature });
}

/** What Express keeps of a router; handlers that only lead to others (`chain`, `where`) tell of them in the same way. */
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

/** Every route of an app's routers, in the order in which they are asked. */
export function routesOfApp(app: { router: unknown }): ListedRoute[] {
  const { stack } = app.router as { stack: Layer[] };
  return stack.flatMap((layer) => routesOfLayer(layer, ''));
}
