import { randomUUID } from 'node:crypto';
import { ApiClient } from '../api.ts';
import type { TestHouse } from '../house.ts';
import { visitor, type Visitor } from '../visitor.ts';

export interface Talker {
  who: Visitor;
  username: string;
  api: ApiClient;
}

export async function talker(
  house: TestHouse,
  changes: Parameters<Visitor['signUp']>[0] = {},
): Promise<Talker> {
  const who = visitor(house);
  const { username } = await who.signUp(changes);
  return { who, username, api: new ApiClient(who) };
}

/** Two who accepted each other: message 1 is the hello. */
export async function talkers(house: TestHouse): Promise<[Talker, Talker]> {
  const [ann, ben] = [await talker(house), await talker(house)];
  await accepted(ann, ben);
  return [ann, ben];
}

export async function accepted(ann: Talker, ben: Talker): Promise<void> {
  const said = await ann.api.post(`/chats/${ben.username}`, { text: 'Hallo', clientId: randomUUID() });
  const answered = await ben.api.post(`/chats/${ann.username}/accept`);
  if (said.status !== 201 || answered.status !== 200)
    throw new Error(`a hello and its answer were answered ${said.status} and ${answered.status}`);
}

/** What somebody reads of a conversation: numbers and words. */
export async function logOf({ api }: Talker, other: Talker): Promise<[number, string | null][]> {
  const all: [number, string | null][] = [];
  for (let after = 0; ; ) {
    const { body } = await api.get(`/chats/${other.username}?after=${after}`);
    const messages = body.messages as { seq: number; text: string | null }[];
    if (messages.length === 0) return all;
    all.push(...messages.map(({ seq, text }): [number, string | null] => [seq, text]));
    after = messages.at(-1)!.seq;
  }
}
