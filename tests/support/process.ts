import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Captured, type CapturedMessage, codeIn, eventually } from './captured.ts';
import type { TestHouse } from './house.ts';
import type { TestStores } from './stores.ts';

export interface Run {
  child: ChildProcess;
  /** Everything it printed so far. */
  output: () => string;
  exit: Promise<number | null>;
}

/** A process of the site as production runs it. */
export function run(entry: 'main' | 'worker', stores: TestStores, env: Record<string, string>): Run {
  const child = spawn(process.execPath, ['--enable-source-maps', `dist/${entry}.js`], {
    env: {
      PATH: process.env.PATH ?? '',
      // In development the log is for people.
      NODE_ENV: 'test',
      DATABASE_URL: stores.databaseUrl,
      REDIS_URL: stores.redisUrl,
      ...env,
    },
  });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  child.stderr.on('data', (chunk) => (text += chunk));
  return { child, output: () => text, exit: once(child, 'exit').then(([code]) => code as number | null) };
}

/** The status of an answer; null when there is none. */
export async function answers(url: string): Promise<number | null> {
  return fetch(url).then(
    (r) => r.status,
    () => null,
  );
}

/** A site in a process of its own, in development, as visitors know a house. */
export function houseAt(port: number): TestHouse {
  const base = `http://127.0.0.1:${port}`;
  const outbox = new Captured();
  const read = async (): Promise<void> => {
    const messages = (await (await fetch(`${base}/dev/outbox.json`)).json()) as CapturedMessage[];
    outbox.messages.splice(0, Infinity, ...messages.toReversed());
  };
  outbox.nextCode = (to) =>
    eventually(async () => {
      await read();
      const last = outbox.to(to).at(-1);
      return last && codeIn(last.text);
    }, `a code to ${to}`);
  const config = { publicUrl: new URL(`http://localhost:${port}`) };
  return { server: base, host: `localhost:${port}`, outbox, config } as unknown as TestHouse;
}
