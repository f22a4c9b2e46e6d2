import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../tests/support/free-port.ts';

/** Whether processes can be held on one core: then what serves and what loads it do not take each other's. */
export const canPin = spawnSync('taskset', ['--version']).status === 0;

export interface Pinned {
  port: number;
  pid: number;
}

const started: ChildProcess[] = [];
process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

/** One core has one thread for hashes. */
function spawnOn(
  core: number | null,
  args: readonly string[],
  env: Record<string, string>,
  stdout: 'ignore' | 'pipe',
): ChildProcess {
  const command = [process.execPath, ...args];
  const cores = core === null ? `0-${cpus().length - 1}` : String(core);
  const [file, ...rest] = canPin ? ['taskset', '-c', cores, ...command] : command;
  const threads = canPin && core !== null ? { UV_THREADPOOL_SIZE: '1' } : {};
  return spawn(file!, rest, {
    env: { ...process.env, ...env, ...threads },
    stdio: ['ignore', stdout, 'inherit'],
  });
}

/** Starts a Node program on a core, or on all of them (null), with PORT set to a free one. What it prints is dropped, but for its errors. */
export async function startPinned(
  core: number | null,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Pinned> {
  const port = await freePort();
  const child = spawnOn(core, args, { ...env, PORT: String(port) }, 'ignore');
  started.push(child);
  child.once('exit', (code) => {
    if (code !== null && code !== 0) {
      console.error(`${args.at(-1)} has ended with ${code}`);
      process.exit(1);
    }
  });
  return { port, pid: child.pid! };
}

/** Waits until a path answers 200. */
export async function answering(port: number, path: string, host: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const status = await new Promise<number>((resolve) => {
      get({ port, host: '127.0.0.1', path, headers: { Host: host } }, (res) => {
        res.resume();
        resolve(res.statusCode ?? 0);
      }).on('error', () => resolve(0));
    });
    if (status === 200) return;
    await pause(100);
  }
  throw new Error(`nothing answers on port ${port}`);
}

/** What a program prints on its first line, run to its end on a core. */
export async function outputOf(core: number, args: readonly string[]): Promise<string> {
  const child = spawnOn(core, args, {}, 'pipe');
  let text = '';
  child.stdout!.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(child, 'close');
  return text.trim();
}
