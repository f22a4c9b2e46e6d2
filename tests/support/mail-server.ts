import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { codeIn, eventually } from './captured.ts';
import { freePort } from './free-port.ts';
import type { Outage } from './restartable.ts';

export interface TakenMail {
  to: string;
  subject: string;
  text: string;
}

/** A mail server that can be taken away and given back on the same port; what it took is remembered here. */
export interface MailServer {
  url: string;
  to(address: string): TakenMail[];
  /** The code in the newest mail to this address; waits for one. */
  code(address: string): Promise<string>;
  goAway(how: Outage): Promise<void>;
  comeBack(): Promise<void>;
}

export async function openMailServer(): Promise<MailServer> {
  const port = await freePort();
  const taken: TakenMail[] = [];
  let child: ChildProcess | null = null;

  const comeBack = async (): Promise<void> => {
    if (child) return;
    const started = spawn(process.execPath, ['--import', 'tsx', 'tests/support/smtp-process.ts', `${port}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    const lines = createInterface(started.stdout);
    await once(lines, 'line');
    lines.on('line', (line) => taken.push(JSON.parse(line) as TakenMail));
  };
  await comeBack();

  const to = (address: string) => taken.filter((mail) => mail.to === address);
  return {
    url: `smtp://127.0.0.1:${port}`,
    to,
    code: async (address) => codeIn((await eventually(() => to(address).at(-1), `mail to ${address}`)).text),
    async goAway(how) {
      const gone = child;
      child = null;
      if (!gone) return;
      const exited = once(gone, 'exit');
      gone.kill(how === 'kill' ? 'SIGKILL' : 'SIGTERM');
      await exited;
    },
    comeBack,
  };
}
