import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export type Step = 'connect' | 'mail' | 'rcpt' | 'data' | 'body';
/** What a step is answered: a whole reply, "hang", "cut", or null for what a server in good mood says. */
export type Mood = string | null;

export interface MoodyMail {
  url: string;
  /** Asked at each step; `to` from RCPT on. */
  mood: (step: Step, to: string) => Mood;
  /** Recipients of what was taken, oldest first. */
  taken: { to: string; text: string }[];
  /** How often somebody began to speak of a message. */
  begun: () => number;
  /** Cuts the connections that are there. */
  drop(): void;
  close(): Promise<void>;
}

const good: Record<Step, string> = {
  connect: '220 moody ESMTP',
  mail: '250 ok',
  rcpt: '250 ok',
  data: '354 go on',
  body: '250 taken',
};

/** A mail server that fails at the step and in the way that a test wants. */
export async function openMoodyMail(): Promise<MoodyMail> {
  const sockets = new Set<Socket>();
  let begun = 0;
  const moody: MoodyMail = {
    url: '',
    mood: () => null,
    taken: [],
    begun: () => begun,
    drop: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () => {
      moody.drop();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    let [unread, to, inBody] = ['', '', false];
    /** False: the server says nothing more. */
    const answer = (step: Step): boolean => {
      const mood = moody.mood(step, to);
      if (mood === 'cut') socket.destroy();
      if (mood === 'cut' || mood === 'hang') return false;
      socket.write(`${mood ?? good[step]}\r\n`);
      return mood === null;
    };
    const say = (line: string): boolean => socket.write(`${line}\r\n`);
    const command = (line: string): void => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') say('250-moody\r\n250 8BITMIME');
      else if (verb === 'MAIL') {
        begun++;
        answer('mail');
      } else if (verb === 'RCPT') {
        to = /<([^>]*)>/.exec(line)?.[1] ?? '';
        answer('rcpt');
      } else if (verb === 'DATA') inBody = answer('data');
      else if (verb === 'QUIT') socket.end('221 bye\r\n');
      else say('250 ok');
    };
    socket.on('data', (bytes) => {
      unread += bytes.toString('latin1');
      for (;;) {
        const end = inBody ? '\r\n.\r\n' : '\r\n';
        const at = unread.indexOf(end);
        if (at < 0) return;
        const piece = unread.slice(0, at);
        unread = unread.slice(at + end.length);
        if (!inBody) command(piece);
        else {
          inBody = false;
          if (answer('body')) moody.taken.push({ to, text: piece });
        }
      }
    });
    answer('connect');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  moody.url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return moody;
}
