import { get } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
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
}

const limitCookie = async (port: number, username: string): Promise<string> => {
  const call = get({ port, host: '127.0.0.1', path: `/begin/${username}` });
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.headers['set-cookie']![0]!.split(';')[0]!;
};

export const measuresOf = async (site: BenchedSite, limits: Pinned): Promise<Pair[]> => {
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
  return [
    { ours: page('/', null), limit: limit('page', '/page/landing'), hashes: 0, goal: null },
    {
      ours: page('/login', visitors),
      limit: limit('page + session', '/session/login'),
      hashes: 0,
      goal: null,
    },
    {
      ours: page('/profile', members),
      limit: limit('page + session + row', '/row/profile'),
      hashes: 0,
      goal: 0.95,
    },
    { ours: signIn, limit: hashing, hashes: 1, goal: 0.8 },
    { ours: joining, limit: hashing, hashes: 1, goal: 0.7 },
    {
      ours: joining,
      limit: journey('bare sign-up', () => bareSignUp(limits.port)),
      hashes: 0,
      goal: null,
    },
    {
      ours: journey('whole reset', () => reset(site.port, site.mail)),
      limit: hashing,
      hashes: 2,
      goal: null,
    },
  ];
};
