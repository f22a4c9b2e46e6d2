import { Client } from '../client.ts';
import { goalOf } from '../goals.ts';
import { bareSignUp, readers, reset, signedInCookies, signInForms, signUp } from './journeys.ts';
import { journeyRate, pageRate, postRate } from './load.ts';
import { outputOf, type Pinned } from './pinned.ts';
import { rateSettings } from './settings.ts';
import type { BenchedSite } from './site.ts';

export interface Measure {
  name: string;
  /** A second. */
  rate(seconds: number): Promise<number>;
}

/** One of ours, beside what it is measured against. `hashes`: passwords that one of them hashes. */
export interface Pair {
  ours: Measure;
  limit: Measure;
  hashes: number;
  /** The least share of the limit that we want; null where the number is only looked at. */
  goal: number | null;
  /** Seconds of one piece of a measurement. */
  piece: number;
}

/** Of somebody whose session the server of limits has begun. */
export async function limitCookie(port: number, username: string): Promise<string> {
  return (await new Client(port).open(`/begin/${username}`)).cookieHeader();
}

export async function measuresOf(site: BenchedSite, limits: Pinned): Promise<Pair[]> {
  const members = await signedInCookies(site.port);
  const visitors = (await signInForms(site.port, members.length)).map(({ cookie }) => cookie);
  const begun = await Promise.all(readers.map((username) => limitCookie(limits.port, username)));
  const page = (path: string, of: readonly string[] | null): Measure => ({
    name: path,
    rate: (seconds) => pageRate(site.port, path, of, seconds),
  });
  const limit = (name: string, path: string): Measure => ({
    name,
    rate: (seconds) => pageRate(limits.port, path, begun, seconds),
  });
  const hashing: Measure = {
    name: 'argon2id hashes',
    rate: async (seconds) =>
      Number(
        await outputOf(0, [
          '--import',
          'tsx',
          'bench/rates/hashes.ts',
          String(seconds),
          String(rateSettings.people),
        ]),
      ),
  };
  const signIn: Measure = {
    name: 'sign-in (POST)',
    // More than any machine hashes in that time.
    rate: async (seconds) =>
      postRate(site.port, '/login', await signInForms(site.port, seconds * 400), seconds),
  };
  const journey = (name: string, walk: () => Promise<void>): Measure => ({
    name,
    rate: (seconds) => journeyRate(walk, seconds),
  });
  const joining = journey('whole sign-up', () => signUp(site.port, site.mail));
  const pairOf =
    (piece: number) =>
    (ours: Measure, beside: Measure, hashes = 0): Pair => ({
      ours,
      limit: beside,
      hashes,
      goal: goalOf(ours.name, beside.name),
      piece,
    });
  const [pages, journeys] = [pairOf(rateSettings.piece.page), pairOf(rateSettings.piece.journey)];
  return [
    pages(page('/', null), limit('page', '/page/landing')),
    pages(page('/login', visitors), limit('page + session', '/session/login')),
    pages(page('/profile', members), limit('page + session + row', '/row/profile')),
    journeys(signIn, hashing, 1),
    journeys(joining, hashing, 1),
    journeys(
      joining,
      journey('bare sign-up', () => bareSignUp(limits.port)),
    ),
    journeys(
      journey('whole reset', () => reset(site.port, site.mail)),
      hashing,
      2,
    ),
  ];
}
