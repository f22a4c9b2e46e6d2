import { codeOf, importsOf, type SourceFile } from './reading.ts';
import { floorOf } from './rooms.ts';

function isIn(...places: RegExp[]) {
  return (path: string): boolean => places.some((place) => place.test(path));
}

/** Words that belong to certain files only, and why those. */
const words: { word: RegExp; says: string; allowed: (path: string) => boolean }[] = [
  {
    word: /\bDate\.now\b|\bnew Date\(\s*\)/,
    says: 'reads the wall clock',
    allowed: isIn(/^src\/kernel\/clock\.ts$/),
  },
  // The processes read their environment once and hand a Config on.
  { word: /\bprocess\.env\b/, says: 'reads the environment', allowed: isIn(/^src\/(main|worker)\.ts$/) },
  {
    word: /\b(req|res)\b/,
    says: 'speaks of requests and answers',
    allowed: isIn(
      /^src\/web\//,
      // The life of a request, from top to bottom.
      /^src\/app\.ts$/,
      // A socket begins as a request.
      /^src\/live\/(gate|handshakes|upgrades)\.ts$/,
      // A page's model asks the request for the visitor's language; a session helper keeps things in the request's
      // session.
      /^src\/features\/[\w/-]+\.(routes|sockets|page|session)\.ts$/,
      // What a request says of the device behind it.
      /^src\/features\/auth\/devices\/client\.ts$/,
      // A feature of a few routes has them in its index.
      /^src\/features\/\w+\/index\.ts$/,
      // express-session hands the request to every store.
      /^src\/platform\/stores\/session-store\.ts$/,
    ),
  },
];

export function faultsOfWords(file: SourceFile): string[] {
  const code = codeOf(file);
  return words.flatMap(({ word, says, allowed }) => (word.test(code) && !allowed(file.path) ? [says] : []));
}

const generated = 'src/platform/generated/';
/** A store, or a fragment of SQL that stores join into their statements. */
const speaksSql = isIn(/\.(store|sql)\.ts$/);
/** The index, or the core that it opens, hands the database on to its stores. */
const handsOn = isIn(/^src\/features\/\w+\/(index|core)\.ts$/);

/** Only stores and their fragments speak to the database; the platform opens it. */
export function faultsOfPrisma(file: SourceFile): string[] {
  if (!floorOf(file.path).startsWith('features/') || speaksSql(file.path)) return [];
  return importsOf(file).flatMap(({ target, names, typeOnly }) => {
    // The names of enum values are product words: types of them say nothing about how they are stored.
    if (target.startsWith(generated))
      return typeOnly && target.endsWith('/enums.ts') ? [] : ['names Prisma outside a store'];
    if (target !== 'src/platform/stores/db.ts') return [];
    return names.every((name) => name === 'Db') && typeOnly && handsOn(file.path)
      ? []
      : ['names Prisma outside a store'];
  });
}

function layer(path: string): string | undefined {
  return (
    /^src\/features\/[\w/-]+\.(routes|sockets|acts|jobs|page|session|service|store|sql)\.ts$/.exec(
      path,
    )?.[1] ?? /^src\/features\/[\w/-]+\/(policy)\.ts$/.exec(path)?.[1]
  );
}

/** Who may not be known from below. Requests come in at the top, and nothing walks uphill. */
const uphill: Record<string, readonly string[]> = {
  routes: ['store', 'sql'],
  sockets: ['store', 'sql'],
  acts: ['routes', 'sockets', 'jobs', 'session', 'store', 'sql'],
  page: ['acts', 'sql'],
  service: ['routes', 'sockets', 'acts', 'jobs', 'page', 'session', 'sql'],
  store: ['routes', 'sockets', 'acts', 'jobs', 'page', 'session', 'service'],
  sql: ['routes', 'sockets', 'acts', 'jobs', 'page', 'session', 'service', 'store'],
  policy: ['routes', 'sockets', 'acts', 'jobs', 'page', 'session', 'service', 'store', 'sql'],
};

/** Services speak facts: they know no Express and no form, and stores know neither. */
export function faultsOfFacts(file: SourceFile): string[] {
  const mine = layer(file.path);
  if (mine !== 'service' && mine !== 'store') return [];
  return importsOf(file).flatMap(({ target }) =>
    /^express(-session)?$|^src\/web\/(forms|session)\/|^src\/features\/.*\.forms\.ts$/.test(target)
      ? [`a ${mine} may not know ${target}`]
      : [],
  );
}

export function faultsOfLayers(file: SourceFile): string[] {
  const mine = layer(file.path);
  return importsOf(file).flatMap(({ target }) => {
    const theirs = layer(target);
    return mine && theirs && uphill[mine]?.includes(theirs) ? [`a ${mine} may not know a ${theirs}`] : [];
  });
}
