import { eventually } from './captured.ts';
import { right } from './devices.ts';
import type { TestHouse } from './house.ts';
import { textOf, visitor, type Visitor } from './visitor.ts';

/** One place where a person is signed in, as `/settings/security` shows it. */
export interface ShownSession {
  device: string;
  isThisOne: boolean;
  /** "Signed in 3 hours ago · Last seen 5 minutes ago". */
  times: string;
  /** Null where there is no button. */
  handle: string | null;
}

/** One line of the history; `when` as words. */
export interface ShownEvent {
  text: string;
  when: string;
  where: string;
}

function entriesOf(html: string, section: string): string[] {
  return [
    ...(html.split(`aria-labelledby="${section}"`)[1]?.split('</section>')[0] ?? '').matchAll(
      /<li class="entry">([\s\S]*?)<\/li>/g,
    ),
  ].map(([, entry = '']) => entry);
}

function paragraph(entry: string, name: string): string {
  return textOf(new RegExp(`<p class="${name}">([\\s\\S]*?)</p>`).exec(entry)?.[1] ?? '');
}

export function sessionsIn(html: string): ShownSession[] {
  return entriesOf(html, 'devices').map((entry) => ({
    device: paragraph(entry, 'entry-name').replace(/ This device$/, ''),
    isThisOne: entry.includes('This device'),
    times: paragraph(entry, 'hint'),
    handle: /action="\/settings\/sessions\/([\w-]+)\/revoke"/.exec(entry)?.[1] ?? null,
  }));
}

export function historyIn(html: string): ShownEvent[] {
  return entriesOf(html, 'history').map((entry) => {
    const [when = '', where = ''] = paragraph(entry, 'hint').split(' · ');
    return { text: paragraph(entry, 'entry-name'), when, where };
  });
}

export async function sessionsSeenBy(who: Visitor): Promise<ShownSession[]> {
  return sessionsIn((await who.get('/settings/security')).html);
}

export async function historySeenBy(who: Visitor): Promise<ShownEvent[]> {
  return historyIn((await who.get('/settings/security')).html);
}

/** Another browser of somebody, signed in. */
export async function alsoOn(
  house: TestHouse,
  username: string,
  {
    userAgent,
    ip,
    at = house,
    remember,
  }: { userAgent?: string; ip?: string; at?: TestHouse; remember?: 'on' } = {},
): Promise<Visitor> {
  const who = visitor(at, ip ? { ip } : {});
  if (userAgent) who.headers = { 'User-Agent': userAgent };
  const page = await who.signIn(username, right, { remember });
  if (page.redirectedTo !== '/people') throw new Error(`the sign-in answered ${page.status}`);
  return who;
}

export async function isIn(who: Visitor): Promise<boolean> {
  return (await who.get('/profile')).status === 200;
}

/** The handle of the one other session that `who` sees. */
export async function handleOfTheOther(who: Visitor): Promise<string> {
  const others = (await sessionsSeenBy(who)).filter(({ isThisOne }) => !isThisOne);
  const [handle] = others.map((session) => session.handle);
  if (others.length !== 1 || !handle) throw new Error(`not one other session, but ${others.length}`);
  return handle;
}

export function revoke(who: Visitor, handle: string) {
  return who.post(`/settings/sessions/${handle}/revoke`);
}
export function revokeOthers(who: Visitor) {
  return who.post('/settings/sessions/revoke-others');
}
export function confirm(who: Visitor, currentPassword = right) {
  return who.post('/settings/confirm', { currentPassword });
}

/** The session id in a browser's cookie. */
export function sidOf(who: Visitor): string {
  return decodeURIComponent(who.sessionCookie ?? '')
    .slice(2)
    .split('.')[0]!;
}

/** The same browser once more, for requests side by side. */
export function copyOf(house: TestHouse, who: Visitor): Visitor {
  const copy = visitor(house, { ip: who.ip });
  copy.headers = who.headers;
  for (const [name, value] of who.cookies) copy.cookies.set(name, value);
  return copy;
}

/** BullMQ keeps moments of delayed jobs as milliseconds times this. */
const DELAYED = 0x1000;
/** What waits for longer than this waits on purpose, and not for its next try. */
const SOON = 30_000;

/**
 * Resolves when the worker has done everything that it can do now: no message and no event is on its way, but some may
 * wait for a better time.
 */
export async function settled({ stores: { redis } }: TestHouse): Promise<void> {
  await eventually(async () => {
    for (const queue of ['events', 'security', 'messages']) {
      const [waiting, active, delayed] = await Promise.all([
        redis.llen(`bull:{${queue}}:wait`),
        redis.llen(`bull:{${queue}}:active`),
        redis.zcount(`bull:{${queue}}:delayed`, 0, (Date.now() + SOON) * DELAYED),
      ]);
      if (waiting + active + delayed > 0) return false;
    }
    return true;
  }, 'the queues to be empty');
}

export interface EventRow {
  id: string;
  kind: string;
  outcome: string;
  at: Date;
  network: string;
  device: string;
  noticeDue: boolean;
}

/** What the database knows of a person's history, oldest first. */
export function eventsOf({ stores }: TestHouse, username: string): Promise<EventRow[]> {
  return stores.sql<EventRow>(
    `SELECT e.* FROM "SecurityEvent" e JOIN "User" u ON u."id" = e."userId" WHERE u."username" = $1
     ORDER BY e."at", e."id"`,
    [username],
  );
}
