import { expect, test } from '@jest/globals';
import { eventually } from '../../support/captured.ts';
import { openGate } from '../../support/gate.ts';
import { houseOfThisFile, portOf, withAnother } from '../../support/house.ts';
import { persistentClient } from '../../support/live/persistent-client.ts';
import { logOf, talkers } from '../../support/live/talkers.ts';
import { sendBucket } from '../../../src/features/chat/policy.ts';

const house = await houseOfThisFile();

const minute = 60_000;
const cutEvery = 2_000;
const sendEvery = 100;

test('a network cut every two seconds for a minute, ten messages a second: all arrive, once, in order', async () => {
  await withAnother(house, {}, async (there) => {
    const [ann, ben] = await talkers(house);
    const gates = [
      await openGate(`http://127.0.0.1:${portOf(house)}`),
      await openGate(`http://127.0.0.1:${portOf(there)}`),
    ] as const;
    const [writer, reader] = [
      persistentClient(ann, ben, house, gates[0].url),
      persistentClient(ben, ann, house, gates[1].url),
    ];
    const sent: string[] = [];
    const sending = setInterval(() => {
      // Nobody is allowed to write so fast; the site's clock runs as fast as it takes.
      house.clock.pass(sendBucket.oneEvery);
      const text = `Nachricht ${sent.length}`;
      sent.push(text);
      writer.send(text);
    }, sendEvery);
    const cutting = setInterval(() => {
      for (const gate of gates) {
        gate.cut();
        gate.open();
      }
    }, cutEvery);
    await new Promise((resolve) => setTimeout(resolve, minute));
    clearInterval(sending);
    clearInterval(cutting);
    await eventually(async () => {
      house.clock.pass(sendBucket.oneEvery);
      await writer.settle();
      await reader.settle();
      return writer.waiting.length === 0 && reader.seen.length === sent.length + 1;
    }, 'the rest to arrive');
    const expected = ['Hallo', ...sent].map((text, n): [number, string] => [n + 1, text]);
    expect(await logOf(ben, ann)).toEqual(expected);
    expect(reader.seen.map(({ seq, text }) => [seq, text])).toEqual(expected);
    for (const client of [writer, reader]) client.close();
    await Promise.all(gates.map((gate) => gate.close()));
  });
}, 180_000);
