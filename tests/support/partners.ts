import type { TestClock } from './clock.ts';
import { callerFrom, type chatting, type Person } from './chatting.ts';

type More = { clientId?: string; answers?: number };

/** Two who accepted each other, and what they do to what they wrote. Each answers a number, "done" or the reason. */
export function partnersWho(chats: ReturnType<typeof chatting>, clock: TestClock) {
  const { people, hello, answer, writing, asOf, newId } = chats;
  const outcome = (answered: { ok: true } | { ok: false; reason: string }): string =>
    answered.ok ? 'done' : answered.reason;

  return {
    annAndBen: async (): Promise<{ ann: Person; ben: Person }> => {
      const [ann, ben] = await people('ann', 'ben');
      await hello(0, ann!, 'ben', { text: 'Hallo' });
      await answer(1, 'accept', ben!, 'ann');
      clock.pass(1);
      return { ann: ann!, ben: ben! };
    },

    send: async (
      n: number,
      from: Person,
      to: string,
      text: string,
      { clientId = newId(), ...more }: More = {},
    ): Promise<number | string> => {
      const words = { with: to, text, clientId, ...more };
      const sent = await writing(n).sending.send(asOf(from), words, callerFrom());
      return sent.ok ? sent.value.seq : sent.reason;
    },

    correct: async (n: number, from: Person, to: string, corrects: number, text: string, note?: string) => {
      const words = { with: to, text, clientId: newId(), corrects, note: note ?? null };
      const sent = await writing(n).sending.send(asOf(from), words, callerFrom());
      return sent.ok ? sent.value.seq : sent.reason;
    },

    edit: async (n: number, me: Person, other: string, seq: number, text: string): Promise<string> =>
      outcome(await writing(n).messages.edit(asOf(me), { with: other, seq }, text)),

    remove: async (n: number, me: Person, other: string, seq: number): Promise<string> =>
      outcome(await writing(n).messages.delete(asOf(me), { with: other, seq })),

    react: async (n: number, me: Person, other: string, seq: number, emoji: string): Promise<string> =>
      outcome(await writing(n).messages.react(asOf(me), { with: other, seq }, emoji)),

    mark: async (n: number, me: Person, other: string, seq: number): Promise<string> =>
      outcome(await writing(n).participation.read(asOf(me), other, seq)),
  };
}
