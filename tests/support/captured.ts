import { setTimeout as pause } from 'node:timers/promises';
import type { Mail, Mailer, Sms, Texter } from '../../src/platform/messages/delivery.ts';

export interface CapturedMessage {
  channel: 'email' | 'sms';
  to: string;
  subject: string | null;
  text: string;
  html: string | null;
}

/** Longer than any job takes on a busy machine. */
const PATIENCE = 100_000;

/** Stands where SMTP and Twilio would: keeps what left, and can be told to fail. */
export class Captured {
  readonly messages: CapturedMessage[] = [];
  /** Called before a message is kept; what it throws is what the transport throws. */
  failure: ((to: string) => Error | null) | null = null;
  /** Waited for before a message is kept: how long the transport takes. */
  delay: () => Promise<void> = async () => {};
  readonly #read = new Map<string, number>();

  readonly mailer: Mailer = {
    send: async ({ to, subject, text, html }: Mail) =>
      this.#keep({ channel: 'email', to, subject, text, html }),
    ready: () => this.#ready(),
  };
  readonly texter: Texter = {
    send: async ({ to, text }: Sms) => this.#keep({ channel: 'sms', to, subject: null, text, html: null }),
    ready: () => this.#ready(),
  };

  async #ready(): Promise<void> {
    const failure = this.failure?.('');
    if (failure) throw failure;
  }

  async #keep(message: CapturedMessage): Promise<void> {
    await this.delay();
    const failure = this.failure?.(message.to);
    if (failure) throw failure;
    this.messages.push(message);
  }

  /** Nothing was sent, and whatever is sent arrives. */
  clear(): void {
    this.messages.length = 0;
    this.#read.clear();
    this.failure = null;
    this.delay = async () => {};
  }

  to(address: string): CapturedMessage[] {
    return this.messages.filter((m) => m.to === address);
  }

  /** The next message to this address that no earlier call has taken; waits for the worker. */
  async next(address: string): Promise<CapturedMessage> {
    const index = this.#read.get(address) ?? 0;
    const message = await eventually(() => this.to(address)[index], `message ${index + 1} to ${address}`);
    this.#read.set(address, index + 1);
    return message;
  }

  /** The code in the next message to this address. */
  async nextCode(address: string): Promise<string> {
    return codeIn((await this.next(address)).text);
  }
}

export function codeIn(text: string): string {
  const code = /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0];
  if (!code) throw new Error(`no code in: ${text}`);
  return code;
}

/** Asks until there is an answer (not undefined, null or false); fails with `what` after a while. */
export async function eventually<T>(
  ask: () => T | Promise<T>,
  what: string,
): Promise<NonNullable<Exclude<T, false>>> {
  for (let waited = 0; waited < PATIENCE; waited += 20) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false)
      return answer as NonNullable<Exclude<T, false>>;
    await pause(20);
  }
  throw new Error(`waited in vain for ${what}`);
}
