import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process of the benchmark that we talk to. */
export class Child {
  readonly #process: ChildProcess;

  constructor(script: string, ...args: string[]) {
    this.#process = fork(join(import.meta.dirname, script), args);
    // Whatever we wait for from it will never come.
    this.#process.once('exit', (code) => {
      if (code !== 0 && code !== null) {
        console.error(`${script} has ended with ${code}`);
        process.exit(1);
      }
    });
  }

  async next<Message>(): Promise<Message> {
    const [message] = (await once(this.#process, 'message')) as [Message];
    return message;
  }

  ask<Answer>(message: string | number): Promise<Answer> {
    const answer = this.next<Answer>();
    this.#process.send(message);
    return answer;
  }

  end(): void {
    this.#process.kill('SIGKILL');
  }
}
