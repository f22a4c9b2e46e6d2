import { minutes } from '../src/kernel/clock.ts';
import { Client, type Reply } from './client.ts';
import type { Comparison } from './pairs.ts';
import { person, wrong, wrongInNfd } from './people.ts';

type Kind = Parameters<typeof person>[0];

/** Every pair meets people whom no other measurement has met. */
let met = 0;
function fresh(): { of: (n: number) => number } {
  const first = met;
  met += 600;
  return { of: (n) => first + n };
}

/** `pass` lets time go by on the site's clock. */
export function comparisons(port: number, pass: (ms: number) => Promise<void>): Comparison[] {
  const signIn = async (identifier: string, password: string = wrong): Promise<Reply> => {
    const client = await new Client(port).open('/login');
    return client.post('/login', { identifier, password });
  };
  const forgot = async (identifier: string): Promise<Reply> => {
    const client = await new Client(port).open('/password/forgot');
    return client.post('/password/forgot', { identifier });
  };
  /** The limit of strangers' failures over the whole site must not stand in the way. */
  const inTime = async (n: number): Promise<void> => {
    if (n % 100 === 0) await pass(minutes(11));
  };

  const signInPair = (name: string, left: Kind, right: Kind, password?: string): Comparison => {
    const { of } = fresh();
    const act = (kind: Kind) => (n: number) => signIn(person(kind, of(n)).username, password);
    return { name, status: 422, acts: [act(left), act(right)], before: inTime };
  };
  const forgotPair = (name: string, by: 'email' | 'username'): Comparison => {
    const { of } = fresh();
    const act = (kind: Kind) => (n: number) => forgot(person(kind, of(n))[by]);
    return { name, status: 303, acts: [act('u'), act('k')], before: inTime };
  };

  const throttledPair = (): Comparison => {
    const one = fresh().of(0);
    const act = (kind: Kind) => () => signIn(person(kind, one).username);
    const before = async (n: number): Promise<void> => {
      if (n > 0) return;
      await pass(minutes(11));
      for (let failures = 0; failures < 5; failures++)
        for (const kind of ['u', 'k'] as const) await act(kind)();
    };
    return { name: 'throttled: unknown / known', status: 429, acts: [act('u'), act('k')], before };
  };

  /** Four wrong codes a challenge, then another one: the fifth would end it. */
  const codePair = (): Comparison => {
    const { of } = fresh();
    let waiting: Record<'u' | 'k', Client>;
    const begin = async (kind: Kind, n: number): Promise<Client> => {
      const client = await new Client(port).open('/password/forgot');
      await client.post('/password/forgot', { identifier: person(kind, of(n)).email });
      return client.open('/password/code');
    };
    const act = (kind: 'u' | 'k') => () => waiting[kind].post('/password/code', { code: '271828' });
    const before = async (n: number): Promise<void> => {
      await inTime(n);
      if (n % 4 === 0) waiting = { u: await begin('u', n), k: await begin('k', n) };
    };
    return { name: 'wrong reset code: decoy / real', status: 422, acts: [act('u'), act('k')], before };
  };

  return [
    signInPair('sign-in: unknown / wrong password', 'u', 'k'),
    signInPair('sign-in: unknown / deleted', 'u', 'd'),
    // Two hashes each: of the normal form, and of what was typed.
    signInPair('sign-in, not in NFC: unknown / wrong password', 'u', 'k', wrongInNfd),
    signInPair('sign-in, not in NFC: unknown / deleted', 'u', 'd', wrongInNfd),
    throttledPair(),
    forgotPair('reset by email: unknown / known', 'email'),
    forgotPair('reset by username: unknown / known', 'username'),
    codePair(),
  ];
}
