import { createTransport } from 'nodemailer';
import { DeliveryDeferred, DeliveryRefused, type Mail, type Mailer } from './delivery.ts';

interface SmtpError extends Error {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}

/** RFC 3463, 3.8: X.7.X is policy, such as a block list with our address, and says nothing of the mailbox. */
function isPolicy(response = ''): boolean {
  return /^5\d\d[ -]5\.7\./.test(response);
}

/** RFC 5321, 4.2.1: 4yz is temporary, 5yz final. Once `begun`, the recipient of this message may be the reason. */
function deliveryErrorOf(err: SmtpError, begun: boolean): Error {
  const { code, command, response, responseCode = 0 } = err;
  const isAnswer = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (isAnswer && responseCode >= 500) {
    const ours = command === 'MAIL FROM' || isPolicy(response);
    return new DeliveryRefused(`smtp ${responseCode}`, ours ? 'sender' : 'recipient');
  }
  if (!begun && !isAnswer) return err;
  return new DeliveryDeferred(`smtp ${responseCode || code}`, responseCode >= 400);
}

interface Watched extends Mail {
  headers: typeof headers;
  onBegin: () => void;
}
const headers = { 'Auto-Submitted': 'auto-generated' };

/** nodemailer prefers the address to its options, but only ALLOW_PLAINTEXT may turn TLS off. */
function withTls(smtpUrl: string): string {
  const address = new URL(smtpUrl);
  address.searchParams.delete('requireTLS');
  return address.href;
}

/** `timeout` bounds each step, in ms. `needsTls` refuses servers without STARTTLS: somebody between us can hide it. */
export function createSmtpMailer(
  smtpUrl: string,
  from: string,
  timeout: number,
  needsTls: boolean,
): Mailer & { close(): void } {
  const transport = createTransport(
    // A handshake costs more than a message.
    {
      url: needsTls ? withTls(smtpUrl) : smtpUrl,
      pool: true,
      requireTLS: needsTls && !/^smtps:/i.test(smtpUrl),
      maxConnections: 5,
      maxRequeues: 0, // the queue retries, counts and tells the page
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
    },
    { from },
  );
  transport.use('stream', ({ message, data }, done) => {
    const read = message.createReadStream.bind(message);
    // The pool reads a message when its connection stands, right before MAIL FROM.
    message.createReadStream = (...options) => {
      (data as Watched).onBegin();
      return read(...options);
    };
    done();
  });
  return {
    async send(mail) {
      let begun = false;
      const watched: Watched = { ...mail, headers, onBegin: () => void (begun = true) };
      try {
        await transport.sendMail(watched);
      } catch (err) {
        throw deliveryErrorOf(err as SmtpError, begun);
      }
    },
    async ready() {
      await transport.verify();
    },
    close: () => transport.close(),
  };
}
