import { type ChildProcess, fork } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import type { PictureKind } from '../generated/prisma/enums.ts';
import { isAsWritten, programBeside } from '../program-beside.ts';
import type { Picture } from './make-picture.ts';
import type { PictureFault } from './picture-faults.ts';
import { pictureRules as rules } from './picture-rules.ts';
import { usageOf } from './process-usage.ts';

export interface ImageWork {
  bytes: Uint8Array;
  kind: PictureKind;
}

export type ImageAnswer = Picture | { fault: PictureFault };

const program = fileURLToPath(programBeside('picture-process', import.meta.url));

export type WorkerLimits = { [Name in 'maxMemory' | 'maxTime' | 'watchEvery']: number };

interface ImageWorker {
  child: ChildProcess;
  made: number;
}

function start(): ImageWorker {
  const child = fork(program, {
    // No environment: whoever breaks out of a decoder finds no keys (docs/decisions/0027).
    env: { MALLOC_ARENA_MAX: '2' },
    execArgv: ['--max-old-space-size=128', ...(isAsWritten ? ['--import', 'tsx'] : [])],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // Pages come before pictures, where the system allows it.
  try {
    os.setPriority(child.pid!, os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {}
  return { child, made: 0 };
}

function end({ child }: ImageWorker): void {
  child.kill('SIGKILL');
}

/** Kills the worker unless it answers within its limits. */
function ask(
  { child }: ImageWorker,
  work: ImageWork,
  limits: WorkerLimits,
): Promise<ImageAnswer & { alive: boolean }> {
  return new Promise((resolve) => {
    const before = usageOf(child.pid!)?.cpu ?? 0;
    const began = performance.now();
    const finish = (answer: ImageAnswer, alive: boolean): void => {
      clearInterval(watch);
      child.removeAllListeners();
      // Ignore an error that comes after the answer.
      child.on('error', () => {});
      if (!alive) child.kill('SIGKILL');
      resolve({ ...answer, alive });
    };
    const give = (fault: PictureFault) => () => finish({ fault }, false);
    const watch = setInterval(() => {
      const used = usageOf(child.pid!);
      const time = used ? used.cpu - before : performance.now() - began;
      if (used && used.memory > limits.maxMemory) finish({ fault: 'too-heavy' }, false);
      else if (time > limits.maxTime || performance.now() - began > rules.maxWait)
        finish({ fault: 'too-slow' }, false);
    }, limits.watchEvery);
    child.once('message', (answer) => finish(answer as ImageAnswer, true));
    child.once('error', give('broken'));
    child.once('exit', give('broken'));
    child.send(work, (err) => err && finish({ fault: 'broken' }, false));
  });
}

function asBuffers(picture: Picture): Picture {
  return {
    ...picture,
    variants: picture.variants.map((v) => ({ ...v, bytes: Buffer.from(v.bytes) })),
  };
}

/** Decodes in other processes: a crash or an exceeded limit ends only one of them. Healthy ones are used again. */
export function createWorkerPool(limits: WorkerLimits = rules) {
  const idle: ImageWorker[] = [];

  const rest = (worker: ImageWorker): void => {
    const { child } = worker;
    const leave = (): void => {
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
      end(worker);
    };
    const timer = setTimeout(leave, rules.keptIdle).unref();
    child.once('exit', leave);
    child.once('woken', () => clearTimeout(timer));
    child.unref();
    child.channel?.unref();
    idle.push(worker);
  };
  const wake = (): ImageWorker => {
    const worker = idle.pop() ?? start();
    worker.child.emit('woken');
    worker.child.removeAllListeners('exit');
    worker.child.ref();
    worker.child.channel?.ref();
    return worker;
  };

  return {
    async make(bytes: Buffer, kind: PictureKind): Promise<ImageAnswer> {
      const worker = wake();
      const { alive, ...answer } = await ask(worker, { bytes, kind }, limits);
      worker.made++;
      const memory = usageOf(worker.child.pid!)?.memory ?? 0;
      if (alive && worker.made < rules.madeByOne && memory < rules.maxMemory / 2) rest(worker);
      else end(worker);
      return 'fault' in answer ? answer : asBuffers(answer);
    },
  };
}
