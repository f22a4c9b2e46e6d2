import { randomBytes, randomUUID } from 'node:crypto';
import type { ListedRoute } from '../../src/web/routes.ts';
import { opaque } from './relations.ts';
import type { Fields } from './visitor.ts';

/** By what somebody can be named in an address or a field. */
export interface Names {
  username: string;
  /** Of the conversation that two people would have. */
  conversation: string;
  /** Keys of files, and ids of pictures. */
  media: readonly string[];
  pictures: readonly string[];
  /** Of their block of the viewer. */
  block: string;
}

export interface Asking {
  method: 'get' | 'post';
  path: string;
  fields: Fields;
}

/** The same of nobody: as many of everything. */
export function namesOfNobody({ media, pictures }: Pick<Names, 'media' | 'pictures'>): Names {
  return {
    username: 'nobody_called_so',
    conversation: opaque(randomUUID()),
    media: media.map((key) => randomBytes(16).toString('base64url') + key.slice(key.indexOf('.'))),
    pictures: pictures.map(() => randomUUID()),
    block: randomUUID(),
  };
}

/** What stands in an address in the place of a parameter, whatever the route. */
const parameters: Record<string, (of: Names) => readonly string[]> = {
  username: ({ username }) => [username],
  with: ({ username, conversation }) => [username, conversation],
  key: ({ media }) => media,
};
/** Of routes whose parameter means something of their own. */
const ofRoutes: Record<string, (of: Names) => readonly string[]> = {
  '/settings/photos/:id': ({ pictures }) => pictures,
  '/settings/photos/:id/move': ({ pictures }) => pictures,
  '/settings/photos/:id/remove': ({ pictures }) => pictures,
  '/settings/blocked/:id/unblock': ({ block }) => [block],
};
const text = 'Hei!';
const clientId = '0193a5c2-77f1-4f0b-a1d4-5be0c1de9f42';

/** What a form is sent with beside what its address names. */
const fieldsOf: Record<string, Fields> = {
  '/settings/photos/:id': { alt: 'A hat' },
  '/settings/photos/:id/move': { to: 'later' },
  '/chats/:with': { text, clientId },
  '/chats/:with/read': { seq: '1' },
  '/chats/:with/keep': { seq: '1' },
  '/chats/:with/unkeep': { seq: '1' },
  '/chats/:with/messages/:seq/edit': { text },
  '/chats/:with/messages/:seq/correct': { text, clientId },
  '/chats/:with/messages/:seq/react': { emoji: '👍' },
};

/** Routes that name somebody in a field, or in the query. */
const named: Record<string, (of: Names) => { query?: string; fields?: Fields }[]> = {
  'POST /safety/parted/read': ({ username }) => [{ fields: { username } }],
  'GET /report': ({ username, conversation }) => [
    { query: `?about=person:${username}` },
    { query: `?about=conversation:${conversation}` },
  ],
  'POST /report': ({ username, conversation }) => [
    { fields: { about: `person:${username}`, reason: 'insult' } },
    { fields: { about: `conversation:${conversation}`, reason: 'insult' } },
  ],
};

/** Their parameter is a secret, or a thing of the viewer's own. */
const ofNobodyElse = [
  '/contact/undo/:token',
  '/login/second/stop/:token',
  '/password/link/:token',
  '/settings/sessions/:id/revoke',
  '/dev/outbox/:file',
];
/** Without a parameter, and about the viewer, the whole site or nobody at all. */
const ofTheViewer = [
  /^\/(sign-up|login|logout|password|contact|language|profile|session|settings|suspended|welcome|uploads|dev)(\/|$)/,
  /^\/(safety\/parted|report\/sent|people|people\/tell-me(\/withdraw)?|chats|chats\/(requests|archived)|appeal)$/,
  // Of visitors, whose form answers the same whomever it names.
  /^\/safety\/report$/,
];

/** Nothing to whoever has no role, whomever it names (tests/journeys/desk/door.test.ts). */
const ofStaff = /^\/desk(\/|$)/;

export const withoutPrefix = (path: string): string => path.replace(/^\/api\/v1(?=\/)/, '');
const hasParameter = (path: string): boolean => /[:*]/.test(path);
const nameOf = ({ method, path }: Pick<ListedRoute, 'method' | 'path'>): string =>
  `${method} ${withoutPrefix(path)}`;

/** How the route can be asked for somebody; empty: it names nobody. */
export function askingsOf(route: Pick<ListedRoute, 'method' | 'path'>, of: Names): Asking[] {
  const { path } = route;
  const method = route.method === 'POST' ? 'post' : 'get';
  const bare = withoutPrefix(path);
  const fields = fieldsOf[bare] ?? {};
  const asked = named[nameOf(route)];
  if (asked)
    return asked(of).map(({ query = '', fields: own = {} }) => ({ method, path: path + query, fields: own }));
  const [, name] = /:(\w+)/.exec(bare) ?? [];
  const values = ofRoutes[bare] ?? (name === undefined ? undefined : parameters[name]);
  if (!values || ofNobodyElse.includes(bare) || ofStaff.test(bare)) return [];
  return values(of).map((value) => ({
    method,
    path: path.replace(`:${name}`, value).replace(':seq', '1'),
    fields,
  }));
}

/** Routes of which nobody has said whether they name somebody. */
export function unknownOf(routes: readonly Pick<ListedRoute, 'method' | 'path'>[]): string[] {
  const mightName = ({ method, path }: Pick<ListedRoute, 'method' | 'path'>): boolean =>
    hasParameter(path) || method === 'POST' || path.startsWith('/api/');
  const isKnown = (route: Pick<ListedRoute, 'method' | 'path'>): boolean => {
    const bare = withoutPrefix(route.path);
    if (named[nameOf(route)] || ofNobodyElse.includes(bare) || ofRoutes[bare]) return true;
    if (ofStaff.test(bare)) return true;
    const [, name] = /:(\w+)/.exec(bare) ?? [];
    return name === undefined
      ? !bare.includes('*') && ofTheViewer.some((pattern) => pattern.test(bare))
      : name in parameters;
  };
  return routes
    .filter((route) => mightName(route) && !isKnown(route))
    .map(({ method, path }) => `${method} ${path}`);
}
