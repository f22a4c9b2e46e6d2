import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApiClient } from '../../support/api.ts';
import { eventually } from '../../support/captured.ts';
import { freePort } from '../../support/free-port.ts';
import { openSocket } from '../../support/live/open-socket.ts';
import { accepted, logOf, type Talker } from '../../support/live/talkers.ts';
import { answers, houseAt, run, type Run } from '../../support/process.ts';
import { createTestStores, type TestStores } from '../../support/stores.ts';
import { visitor } from '../../support/visitor.ts';

const times = 20;

let stores: TestStores;
beforeAll(async () => {
  stores = await createTestStores();
});
afterAll(() => stores.drop());

test('killed right after an acknowledgement, twenty times: every message is there, under its number', async () => {
  const port = await freePort();
  const start = async (): Promise<Run> => {
    const site = run('main', stores, { PORT: String(port) });
    const ready = async () => (await answers(`http://127.0.0.1:${port}/health/ready`)) === 200;
    await eventually(ready, `the site: ${site.output()}`);
    return site;
  };
  let site = await start();
  const house = houseAt(port);
  const people: Talker[] = [];
  for (let n = 0; n < 2; n++) {
    const who = visitor(house);
    const { username } = await who.join();
    people.push({ who, username, api: new ApiClient(who) });
  }
  const [ann, ben] = people as [Talker, Talker];
  await accepted(ann, ben);

  const sent: string[] = ['Hallo'];
  for (let n = 0; n < times; n++) {
    const text = `Nachricht ${n}`;
    const socket = await openSocket(ann.who, house);
    const stored = await socket.act('chat.send', { with: ben.username, text, clientId: randomUUID() });
    site.child.kill('SIGKILL');
    sent.push(text);
    expect(stored).toMatchObject({ ok: true, seq: sent.length });
    await site.exit;
    site = await start();
  }
  expect(await logOf(ben, ann)).toEqual(sent.map((text, n) => [n + 1, text]));
  site.child.kill('SIGTERM');
  expect(await site.exit).toBe(0);
}, 240_000);
