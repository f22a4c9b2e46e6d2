import { createHmac, randomBytes } from 'node:crypto';
import type { Request } from 'express';
import type { SessionData } from 'express-session';
import { createClients } from '../../src/features/auth/devices/client.ts';
import { createDevices, deviceNames } from '../../src/features/auth/devices/devices.ts';
import { sessionPolicy, signInPolicy } from '../../src/features/auth/policy.ts';
import { SignUpForm, signUpShape } from '../../src/features/auth/sign-up/sign-up.forms.ts';
import type { SignUpInput } from '../../src/features/auth/sign-up/sign-up.service.ts';
import { dateToUtc } from '../../src/kernel/age.ts';
import { systemRandom, uuidv7 } from '../../src/kernel/ids.ts';
import { usernameSkeleton } from '../../src/kernel/text/look-alikes.ts';
import { deriveHmac } from '../../src/platform/keys.ts';
import { createPasswords } from '../../src/platform/passwords/passwords.ts';
import { SessionStore } from '../../src/platform/stores/session-store.ts';
import { cookieOptions, hostCookie } from '../../src/web/request/cookies.ts';
import { prepareSession } from '../../src/web/session/session.ts';
import type { TestHouse } from './house.ts';

const passwords = createPasswords({ concurrency: 2, waiting: 1_000 });
const hashes = new Map<string, Promise<string>>();

/** Made once a worker: nobody's test is about the hash of somebody who has long joined. */
function hashOf(password: string): Promise<string> {
  const known = hashes.get(password) ?? passwords.hash(password);
  hashes.set(password, known);
  return known;
}

interface Browser {
  ip: string;
  headers: Record<string, string>;
  cookies: Map<string, string>;
}

/** The rows that joining writes, in one statement. */
const rows = `
  WITH person AS (
    INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "phone", "phoneVerifiedAt",
                        "passwordHash", "dateOfBirth", "country", "createdAt", "updatedAt")
    SELECT $1::uuid, $2, $3, $4::text, $5, CASE WHEN $4::text IS NOT NULL THEN $10::timestamptz END,
           $6::text, CASE WHEN $6::text IS NOT NULL THEN $10::timestamptz END, $7, $8::date, $9, $10, $10
    RETURNING "id"
  ), languages AS (
    INSERT INTO "UserLanguage" ("userId", "code", "role", "position")
    SELECT "id", l.code, (CASE l.place WHEN 1 THEN 'native' ELSE 'learning' END)::"LanguageRole", GREATEST(l.place - 2, 0)
    FROM person, unnest($11::text[]) WITH ORDINALITY AS l(code, place)
  ), device AS (
    INSERT INTO "KnownDevice" ("userId", "hash", "seenAt") SELECT "id", $16, $10 FROM person
  ), skeleton AS (
    INSERT INTO "UsernameSkeleton" ("skeleton") VALUES ($15)
    ON CONFLICT ("skeleton") DO UPDATE SET "until" = NULL
  )
  INSERT INTO "SecurityEvent" ("id", "userId", "kind", "outcome", "at", "network", "device", "noticeDue")
  SELECT $12::uuid, "id", 'joined', 'done', $10, $13, $14, false FROM person`;

async function write(
  { stores, clock, config }: TestHouse,
  form: SignUpInput,
  from: { network: string; device: string; cookieFor: (id: string) => string },
): Promise<{ id: string; cookie: string }> {
  const now = clock.now();
  const { contact, username } = form;
  const byMail = contact.channel === 'email';
  const id = uuidv7(now, systemRandom);
  const cookie = from.cookieFor(id);
  const hash = deriveHmac(config.sessionSecret, 'banned').mac('device', deviceNames(cookie)[0]!);
  await stores.sql(rows, [
    id,
    username.username,
    username.key,
    byMail ? contact.destination : null,
    byMail ? contact.destinationKey : null,
    byMail ? null : contact.destinationKey,
    await hashOf(form.password),
    dateToUtc(form.dateOfBirth).toISOString().slice(0, 10),
    form.country,
    now,
    [form.nativeLanguage, ...form.learningLanguages],
    uuidv7(now, systemRandom),
    from.network,
    from.device,
    usernameSkeleton(username.key),
    hash,
  ]);
  return { id, cookie };
}

/** What express-session puts into its cookie: the id, and its HMAC under the site's secret. */
function signed(sid: string, secret: string): string {
  return encodeURIComponent(
    `s:${sid}.${createHmac('sha256', secret).update(sid).digest('base64').replace(/=+$/, '')}`,
  );
}

/**
 * Puts somebody in by hand who has joined this moment: the rows, the session and the cookies that the front door leaves,
 * without its messages and codes. `person`: a sign-up form that is right in every field.
 */
export async function moveIn(house: TestHouse, who: Browser, person: Record<string, unknown>): Promise<void> {
  const { config, clock, stores } = house;
  const now = clock.now();
  const empty = Object.fromEntries(signUpShape.texts.map((name) => [name, '']));
  const form = SignUpForm.parse({ ...empty, ...person });
  const secure = config.publicUrl.protocol === 'https:';
  const secret = config.sessionSecret;
  const request = { ip: who.ip, get: () => who.headers['User-Agent'] } as unknown as Request;
  const from = createClients(deriveHmac(secret, 'network'), secure).infoOf(request);
  const devices = createDevices(deriveHmac(secret, 'device'), systemRandom);
  const deviceCookie = hostCookie('device', secure);
  const known = who.cookies.get(deviceCookie) ?? '';
  const cookieFor = (id: string) => devices.remember(known, { id, securityVersion: 0 }, now);
  const joined = await write(house, form, { ...from, cookieFor });
  who.cookies.set(deviceCookie, joined.cookie);
  const account = { id: joined.id, username: form.username.username, securityVersion: 0 };

  const sid = randomBytes(24).toString('base64url');
  const { id: userId, username, securityVersion } = account;
  const cookie = { ...cookieOptions(secure), originalMaxAge: null, expires: null };
  const { device } = from;
  const provedAt = now.getTime();
  const session = { cookie, userId, username, securityVersion, device, provedAt, firstMinute: 0 };
  const store = new SessionStore(stores.redis, prepareSession(sessionPolicy, clock), signInPolicy.sessions);
  await store.set(sid, session as unknown as SessionData);
  who.cookies.set(hostCookie('sid', secure), signed(sid, secret));
}
