import { createTransport } from 'nodemailer';
import { DeliveryDeferred, DeliveryRefused, type Mail, type Mailer } from './delivery.ts';

interface SmtpError extends Error {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}

/** RFC 3463 section 3.8: X.7.X is about policy, such as a block list that we stand on, and not about the mailbox. */
function isPolicy(response = ''): boolean {
  return /^5\d\d[ -]5\.7\./.test(response);
}

/**
 * What the hop's answer says (RFC 5321 section 4.2.1: 4yz is for now, 5yz for good). `begun`: it was told of this message,
 * so what goes wrong from there on may be about its recipient alone.
 */
function toldApart(err: SmtpError, begun: boolean): Error {
  const { code, command, response, responseCode = 0 } = err;
  const isAnswer = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (isAnswer && responseCode >= 500) {
    const ours = command === 'MAIL FROM' || isPolicy(response);
    return new DeliveryRefused(`smtp ${responseCode}`, ours ? 'sender' : 'recipient');
  }
  if (!begun && !isAnswer) return err;
  return new DeliveryDeferred(`smtp ${responseCode || code}`, responseCode >= 400);
}

/** A mail that tells when the hop begins to hear of it. */
interface Watched extends Mail {
  headers: typeof headers;
  onBegin: () => void;
}
const headers = { 'Auto-Submitted': 'auto-generated' };

/** What stands in the address wins in nodemailer; ALLOW_PLAINTEXT is the one place to do without TLS. */
function withTls(smtpUrl: string): string {
  const address = new URL(smtpUrl);
  address.searchParams.delete('requireTLS');
  return address.href;
}

/**
 * Sends by SMTP, with a small pool of connections. `timeout` bounds each step, in milliseconds. `needsTls`: a server that
 * offers no STARTTLS, which is also what somebody between us makes of any server, hears neither password nor letter.
 */
export function createSmtpMailer(
  smtpUrl: string,
  from: string,
  timeout: number,
  needsTls: boolean,
): Mailer & { close(): void } {
  const transport = createTransport(
    // Pooled, since a handshake a letter costs more than the letter.
    {
      url: needsTls ? withTls(smtpUrl) : smtpUrl,
      pool: true,
      requireTLS: needsTls && !/^smtps:/i.test(smtpUrl),
      maxConnections: 5,
      // Retries are the queue's, which counts them and tells the page.
      maxRequeues: 0,
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
    },
    { from },
  );
  transport.use('stream', ({ message, data }, done) => {
    const read = message.createReadStream.bind(message);
    // The pool asks for a message's content when its connection stands, right before MAIL FROM.
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
        throw toldApart(err as SmtpError, begun);
      }
    },
    async ready() {
      await transport.verify();
    },
    close: () => transport.close(),
  };
}
