import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface SmtpSink {
  url: string;
  /** What arrived, parsed, oldest first. */
  mails: ParsedMail[];
  /** Deliveries that were begun, refused ones too. */
  attempts: () => number;
  /** Answers `code` to the next `times` recipients; 0 hangs without an answer. */
  refuse(code: number, times: number): void;
  close(): Promise<void>;
}

/** A real SMTP server on loopback that keeps what it is given. */
export async function openSmtpSink(port = 0): Promise<SmtpSink> {
  const mails: ParsedMail[] = [];
  let attempts = 0;
  let refusal = { code: 0, times: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    // It knows no quoted local parts otherwise (RFC 5321 section 4.1.2).
    lenientAddressParsing: true,
    onRcptTo(_address, _session, done) {
      attempts++;
      if (refusal.times-- <= 0) return done();
      if (refusal.code === 0) return;
      done(Object.assign(new Error('refused by the test'), { responseCode: refusal.code }));
    },
    onData(stream, _session, done) {
      simpleParser(stream)
        .then((mail) => mails.push(mail))
        .then(() => done(), done); // oxlint-disable-line promise/no-callback-in-promise -- smtp-server speaks callbacks
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: bound } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${bound}`,
    mails,
    attempts: () => attempts,
    refuse: (code, times) => {
      refusal = { code, times };
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
