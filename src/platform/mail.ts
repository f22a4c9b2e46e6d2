import { createTransport } from 'nodemailer';
import { DeliveryDeferred, DeliveryRefused, type Mailer } from './delivery.ts';

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
}

/** RFC 5321 section 4.2.1: 5yz is permanent. A refused login (EAUTH) is ours to mend, not the recipient's. */
const isPermanent = (err: SmtpError): boolean => (err.responseCode ?? 0) >= 500 && err.code !== 'EAUTH';

/** The hop spoke about this one recipient or message, and not about itself. */
const isAboutRecipient = ({ code, responseCode = 0 }: SmtpError): boolean =>
  responseCode >= 400 && (code === 'EENVELOPE' || code === 'EMESSAGE');

const toldApart = (err: SmtpError): Error => {
  if (isPermanent(err)) return new DeliveryRefused(`smtp ${err.responseCode}`);
  return isAboutRecipient(err) ? new DeliveryDeferred(`smtp ${err.responseCode}`) : err;
};

/** Sends by SMTP, with a small pool of connections. `timeout` bounds each step, in milliseconds. */
export const createSmtpMailer = (
  smtpUrl: string,
  from: string,
  timeout: number,
): Mailer & { close(): void } => {
  const transport = createTransport(
    // Pooled, since a handshake a letter costs more than the letter.
    {
      url: smtpUrl,
      pool: true,
      maxConnections: 5,
      // Retries are the queue's, which counts them and tells the page.
      maxRequeues: 0,
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
    },
    { from },
  );
  return {
    async send(mail) {
      try {
        await transport.sendMail({ ...mail, headers: { 'Auto-Submitted': 'auto-generated' } });
      } catch (err) {
        throw toldApart(err as SmtpError);
      }
    },
    async ready() {
      await transport.verify();
    },
    close: () => transport.close(),
  };
};
