import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chatting, type Person } from '../support/chatting.ts';
import { twoNodes } from '../support/nodes.ts';
import { partnersWho } from '../support/partners.ts';

const nodes = await twoNodes();
const { clock, stores } = nodes;
const chats = chatting(nodes);
const { annAndBen, send, edit, remove, correct, react, mark } = partnersWho(chats, clock);

/** The whole log of two people as a plain list, which both see. */
interface Said {
  by: number;
  clientId: string;
  text: string | null;
  edits: number;
  corrects: number | null;
  reactions: Map<number, string>;
}
interface Model {
  said: Said[];
  read: [number, number];
  blocked: boolean;
}

const who = fc.constantFrom(0, 1);
const node = fc.constantFrom(0, 1);
const which = fc.nat({ max: 12 });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('send' as const), who, node, id: fc.nat({ max: 15 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), who, node, which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), who, node, which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('correct' as const), who, node, which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('react' as const), who, node, which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('read' as const), who, node, which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('block' as const), who, node }) },
);

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

async function walk(steps: readonly Step[]): Promise<void> {
  await stores.empty();
  const { ann, ben } = await annAndBen();
  const people = [ann, ben] as const;
  const names = ['ann', 'ben'] as const;
  const hello: Said = { by: 0, clientId: '', text: 'Hallo', edits: 0, corrects: null, reactions: new Map() };
  const model: Model = { said: [hello], read: [1, 0], blocked: false };
  const clientIds = Array.from({ length: 32 }, () => chats.newId());
  let words = 0;

  for (const one of steps) {
    const [me, other] = [people[one.who]!, names[1 - one.who]!];
    const target = 'which' in one ? model.said[one.which - 1] : undefined;
    const isMine = target?.by === one.who;
    const seq = 'which' in one ? one.which : 0;
    clock.pass(1);
    words++;
    if (one.do === 'send') {
      const clientId = clientIds[one.id * 2 + one.who]!;
      const got = await send(one.node, me, other, `Wort ${words}`, { clientId });
      const before = model.said.findIndex((said) => said.clientId === clientId && said.by === one.who);
      if (model.blocked) expect(got).toBe('nobody');
      else if (before >= 0) expect(got).toBe(before + 1);
      else {
        expect(got).toBe(model.said.length + 1);
        if (model.read[one.who] === model.said.length) model.read[one.who]++;
        const text = `Wort ${words}`;
        model.said.push({ by: one.who, clientId, text, edits: 0, corrects: null, reactions: new Map() });
      }
    }
    if (one.do === 'edit') {
      const may = !model.blocked && isMine && target.text !== null && target.edits < 10;
      const got = await edit(one.node, me, other, seq, `Anders ${words}`);
      expect(got === 'done').toBe(may);
      if (may) [target.text, target.edits] = [`Anders ${words}`, target.edits + 1];
    }
    if (one.do === 'delete') {
      const may = !model.blocked && isMine && target.text !== null;
      expect((await remove(one.node, me, other, seq)) === 'done').toBe(may);
      if (may) {
        target.text = null;
        target.reactions.clear();
      }
    }
    if (one.do === 'correct') {
      const may = !model.blocked && target !== undefined && !isMine && target.text !== null;
      const got = await correct(one.node, me, other, seq, `Besser ${words}`);
      if (!may) expect(got).toBe(model.blocked ? 'nobody' : 'gone');
      else {
        expect(got).toBe(model.said.length + 1);
        if (model.read[one.who] === model.said.length) model.read[one.who]++;
        const text = `Besser ${words}`;
        model.said.push({ by: one.who, clientId: '-', text, edits: 0, corrects: seq, reactions: new Map() });
      }
    }
    if (one.do === 'react') {
      const may = !model.blocked && target !== undefined && target.text !== null;
      expect((await react(one.node, me, other, seq, '👍')) === 'done').toBe(may);
      if (may) target.reactions.set(one.who, '👍');
    }
    if (one.do === 'read' && !model.blocked) {
      expect(await mark(one.node, me, other, seq)).toBe('done');
      model.read[one.who] = Math.max(model.read[one.who]!, Math.min(seq, model.said.length));
    }
    if (one.do === 'block' && !model.blocked) {
      await chats.blocks(one.node).block(chats.asOf(me), people[1 - one.who]!.id);
      model.blocked = true;
    }
  }

  for (const [n, me] of people.entries()) expect(await viewOf(me)).toEqual(viewIn(model, n));
}

async function viewOf(me: Person): Promise<unknown> {
  const [{ id }] = (await stores.sql<{ id: string }>('SELECT "id" FROM "Conversation"')) as [{ id: string }];
  const place = `c_${Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')}`;
  const read = await chats.chat(0).read(chats.asOf(me), {
    with: place,
    before: null,
    after: 0,
    changedAfter: null,
  });
  if (!read.ok) return read.reason;
  const { messages, readSeq } = read.value;
  return {
    readSeq,
    messages: messages.map(({ seq, mine, text, edits, corrects, reactions }) => ({
      seq,
      mine,
      text,
      edits,
      corrects: corrects?.seq ?? null,
      reactions: reactions.map((one) => `${one.mine} ${one.emoji}`).toSorted(),
    })),
  };
}

function viewIn({ said, read }: Model, n: number): unknown {
  return {
    readSeq: read[n],
    messages: said.map(({ by, text, edits, corrects, reactions }, index) => ({
      seq: index + 1,
      mine: by === n,
      // What corrects a deleted message goes with it.
      text: corrects !== null && said[corrects - 1]!.text === null ? null : text,
      edits,
      corrects: text === null ? null : corrects,
      reactions: [...reactions].map(([by_, emoji]) => `${by_ === n} ${emoji}`).toSorted(),
    })),
  };
}

test('whatever the two do in whatever order on two nodes, the log is a plain list for both', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => walk(steps)),
    { numRuns: 30 },
  );
}, 300_000);
