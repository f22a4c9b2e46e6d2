import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from './build.ts';
import { openRawSocket, type RawSocket } from './raw-socket.ts';
import { chatSettings } from './settings.ts';

/** What the program that measures is told, and what it answers. */
export type Order =
  | { do: 'open'; ports: number[]; people: readonly Person[] }
  | { do: 'come back'; port: number; people: readonly Person[]; count: number }
  | { do: 'rate'; rate: number; seconds: number }
  | { do: 'saturate'; seconds: number }
  | { do: 'close' };

export interface Measured {
  sent: number;
  refused: number;
  /** From sending until the other had it, in ms. */
  ms: number[];
  seconds: number;
}

/** People who write to each other, in a process beside the site: both of each pair, so one clock measures. */
const text = 'Wort '.repeat(chatSettings.bytes / 5);
let sockets: RawSocket[] = [];
let names: string[] = [];
const sentAt = new Map<string, number>();
let measured: Measured = { sent: 0, refused: 0, ms: [], seconds: 0 };
let next = 0;

function heard(event: string, data: Record<string, unknown>): void {
  if (event !== 'chat.message' || data.mine === true) return;
  const since = sentAt.get(String(data.clientId));
  if (since === undefined) return;
  sentAt.delete(String(data.clientId));
  measured.ms.push(performance.now() - since);
}

async function open(ports: readonly number[], people: readonly Person[]): Promise<void> {
  names = people.map(({ username }) => username);
  for (let n = 0; n < people.length; n += 50)
    sockets.push(
      ...(await Promise.all(
        people.slice(n, n + 50).map(({ cookie }, k) => {
          const port = ports[(n + k) % ports.length]!;
          return openRawSocket({ port, cookie, n: n + k }, heard);
        }),
      )),
    );
}

/** Turned away, they try again, as browsers do. */
async function untilOpen(at: Parameters<typeof openRawSocket>[0]): Promise<RawSocket> {
  for (;;) {
    const socket = await openRawSocket(at, () => {}).catch(() => null);
    if (socket) return socket;
    await pause(250 + Math.random() * 500);
  }
}

/** So many at once, as after a restart; each person has as many tabs as it takes. */
async function comeBack(
  port: number,
  people: readonly Person[],
  count: number,
): Promise<{ seconds: number }> {
  const start = performance.now();
  const opened = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      untilOpen({ port, cookie: people[n % people.length]!.cookie, n }),
    ),
  );
  sockets.push(...opened);
  return { seconds: (performance.now() - start) / 1000 };
}

function sendOne(answered: () => void = () => {}): void {
  const n = next++ % sockets.length;
  const clientId = randomUUID();
  sentAt.set(clientId, performance.now());
  measured.sent++;
  sockets[n]!.send('chat.send', { with: names[n ^ 1]!, text, clientId }, ({ ok }) => {
    if (!ok) {
      measured.refused++;
      sentAt.delete(clientId);
    }
    answered();
  });
}

async function settled(start: number): Promise<Measured> {
  const seconds = (performance.now() - start) / 1000;
  for (let tries = 0; tries < 100 && sentAt.size > 0; tries++) await pause(50);
  const found = { ...measured, seconds };
  measured = { sent: 0, refused: 0, ms: [], seconds: 0 };
  sentAt.clear();
  return found;
}

async function atRate(rate: number, seconds: number): Promise<Measured> {
  const start = performance.now();
  for (let passed = 0; passed < seconds * 1000; passed = performance.now() - start) {
    for (const due = (passed / 1000) * rate; measured.sent < due; ) sendOne();
    await pause(2);
  }
  return settled(start);
}

async function saturated(seconds: number): Promise<Measured> {
  const start = performance.now();
  const end = start + seconds * 1000;
  const again = (): void => {
    if (performance.now() < end) sendOne(again);
  };
  for (let n = 0; n < chatSettings.window; n++) sendOne(again);
  await pause(seconds * 1000);
  return settled(start);
}

async function carryOut(order: Order): Promise<object> {
  switch (order.do) {
    case 'open':
      await open(order.ports, order.people);
      return {};
    case 'come back':
      return comeBack(order.port, order.people, order.count);
    case 'rate':
      return atRate(order.rate, order.seconds);
    case 'saturate':
      return saturated(order.seconds);
    case 'close':
      for (const socket of sockets) socket.close();
      sockets = [];
      return {};
  }
}

process.once('disconnect', () => process.exit());
process.on('message', (order: Order) => void carryOut(order).then((answer) => process.send!(answer)));
process.send!({});
