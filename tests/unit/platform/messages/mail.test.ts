import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { DeliveryRefused } from '../../../../src/platform/messages/delivery.ts';
import { createSmtpMailer } from '../../../../src/platform/messages/mail.ts';

const mail = { to: 'ann@example.com', subject: 'Hello', text: 'A code', html: '<p>A code</p>' };
const closing: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A real server that takes any password in clear, and tells what it heard. */
async function sink(options: SMTPServerOptions = {}) {
  const heard: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth(auth, _session, done) {
      heard.push(`password ${auth.password}`);
      done(null, { user: auth.username ?? '' });
    },
    onMailFrom(address, _session, done) {
      heard.push(`from ${address.address}`);
      done();
    },
    onData(stream, _session, done) {
      heard.push('letter');
      stream.resume();
      stream.once('end', done);
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  closing.push(() => server.close(() => {}));
  const { port } = server.server.address() as AddressInfo;
  return { heard, url: `smtp://mailer:s3cret@127.0.0.1:${port}` };
}
function mailerTo(url: string, needsTls: boolean) {
  const mailer = createSmtpMailer(url, 'hello@chatlink.test', 2_000, needsTls);
  closing.push(() => mailer.close());
  return mailer;
}

test.each<[string, SMTPServerOptions]>([
  ['does not offer TLS', {}],
  [
    'takes it without saying so, with a certificate that nobody signed',
    { disabledCommands: [], hideSTARTTLS: true },
  ],
  ['offers it with a certificate that nobody signed', { disabledCommands: [] }],
])('where TLS is wanted, a server that %s hears neither password nor letter', async (_, options) => {
  const { heard, url } = await sink(options);
  const mailer = mailerTo(url, true);
  const failure = await mailer.send(mail).then(
    () => null,
    (err: unknown) => err,
  );
  expect(String(failure)).toMatch(/STARTTLS|certificate|TLS/i);
  // Ours to mend: the recipient has nothing to do with it.
  expect(failure).not.toBeInstanceOf(DeliveryRefused);
  await expect(mailer.ready()).rejects.toThrow();
  expect(heard).toEqual([]);
});

test.each(['', '?requireTLS=false', '?ignoreTLS=true', '?opportunisticTLS=true'])(
  'nor does it by what stands in the address: %j',
  async (query) => {
    const { heard, url } = await sink();
    await expect(mailerTo(url + query, true).send(mail)).rejects.toThrow();
    expect(heard).toEqual([]);
  },
);

test('where it is not wanted, the letter goes in clear', async () => {
  const { heard, url } = await sink();
  await mailerTo(url, false).send(mail);
  expect(heard).toEqual(['password s3cret', 'from hello@chatlink.test', 'letter']);
});
