import { join } from 'node:path';
import { RedisStore } from 'connect-redis';
import express from 'express';
import session from 'express-session';
import { Redis } from 'ioredis';
import { peoplePage } from '../../src/features/people/finding/people.page.ts';
import { contactViews, personView } from '../../src/features/profile/profile/profile.page.ts';
import { chatActions } from '../../src/features/chat/person-actions.ts';
import { createProfileStore } from '../../src/features/profile/profile/profile.store.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { openDb } from '../../src/platform/stores/db.ts';
import { sendText } from '../../src/web/send-text.ts';
import { namesFor } from '../../src/web/words/names.ts';
import { createViews, type PageModel } from '../../src/web/views/views.ts';
import { pages, siteFor } from '../../tests/support/pages.ts';
import { settings } from '../settings.ts';
import { barePeople, noQuery } from './bare-people.ts';
import { bareSignUpRoutes } from './bare-sign-up.ts';

/**
 * What Express can do at all on this machine with our pages: the page and nothing else; that and a session read from
 * Redis; that and one row read by its primary key; and a sign-up with nothing to it. The same EJS, the same libraries, pages
 * compressed as ours are, no rules.
 */
const root = join(import.meta.dirname, '../..');
const app = express();
app.disable('x-powered-by');
const views = createViews(join(root, 'views'), { strict: false });
// Express finds the file and keeps that, as it does in production; what it is handed is compiled as ours is.
app.engine('ejs', (_file, options, done) => {
  const { view, settings: _settings, _locals, cache: _cache, ...page } = options as Record<string, unknown>;
  done(null, views.renderPage(view as string, page as PageModel));
});
app.set('views', join(root, 'views'));
app.set('view engine', 'ejs');

function page(name: string, modelFor?: (req: express.Request) => object): express.RequestHandler {
  const found = pages.find((p) => p.name === name);
  if (!found) throw new Error(`the catalogue has no page ${name}`);
  const asset = (logical: string): string => `/assets/${logical.replace('.', '.01234567.')}`;
  const site = siteFor(found, { asset, chunksOf: () => [asset('js/chunk.js')] });
  let model: object | undefined;
  return (req, res, next) => {
    model ??= modelFor?.(req) ?? found.model;
    res.locals.site = site;
    res.render(found.view, { ...model, view: found.view }, (err, html) =>
      err ? next(err) : sendText(res, 'text/html; charset=utf-8', html),
    );
  };
}

const redis = new Redis(settings.redisUrl);
const reads = session({
  store: new RedisStore({ client: redis, prefix: 'limit:', disableTouch: true }),
  secret: 'of no use to anybody',
  resave: false,
  saveUninitialized: false,
});
const db = openDb(settings.databaseUrl);
const [someone] = await db.$queryRaw<{ id: string }[]>`SELECT "id" FROM "User" WHERE "username" = 'k000000'`;
/** The very page that the site shows this person, made once. */
const viewer = { id: someone!.id, securityVersion: 0, now: systemClock.now() };
const profile = (await createProfileStore(db, () => []).ofMember(viewer))!;
function ownPage(req: express.Request) {
  return {
    title: 'Your profile',
    person: personView(profile, namesFor(req)),
    contacts: contactViews(profile),
    pictureNote: null,
  };
}
const row: express.RequestHandler = async (req, _res, next) => {
  await db.user.findUnique({ where: { id: req.session.userId! } });
  next();
};

/** The people whom this person is shown first, made once; and the statement that finds them. */
const people = barePeople(db);
const found = await people.find(viewer);
const peopleFound: express.RequestHandler = async (req, _res, next) => {
  await people.ask({ ...viewer, id: req.session.userId! });
  next();
};

app.get('/begin/:username', reads, async (req, res) => {
  const { id, username } = await db.user.findUniqueOrThrow({
    where: { usernameKey: String(req.params.username) },
  });
  Object.assign(req.session, { userId: id, username, securityVersion: 0 });
  res.send('begun');
});
const offered = {
  landing: page('landing'),
  login: page('login'),
  profile: page('profile-two-contacts', ownPage),
  people: page('people-some', (req) =>
    peoplePage(found, noQuery, namesFor(req), { actions: chatActions, asked: [] }),
  ),
};
for (const [name, shown] of Object.entries(offered)) {
  app.get(`/page/${name}`, shown);
  app.get(`/session/${name}`, reads, shown);
  app.get(`/row/${name}`, reads, row, shown);
}
app.get('/asked/people', reads, peopleFound, offered.people);
app.use(
  bareSignUpRoutes({ reads, row, form: page('sign-up'), profile: offered.profile, userId: someone!.id }),
);
app.listen(Number(process.env.PORT), '127.0.0.1');
