import type { TwilioConfig } from '../config/twilio.ts';
import { DeliveryRefused, type Texter } from './delivery.ts';

interface TwilioError extends Error {
  status?: number;
  code?: number;
}

/** Our own credentials, a timeout or too much at once: not the number's fault, so worth another try. */
const ours = new Set([401, 403, 404, 408, 429]);

const isPermanent = ({ status = 0 }: TwilioError): boolean =>
  status >= 400 && status < 500 && !ours.has(status);

/**
 * Texts through Twilio's Messages API. `timeout` bounds one request, in milliseconds. The SDK is large, so it is
 * loaded at first use.
 */
export const createTwilioTexter = (config: TwilioConfig, timeout: number): Texter => {
  const connect = async () => {
    const { default: twilio } = await import('twilio');
    const http = new twilio.RequestClient({ timeout, autoRetry: false });
    const httpClient = config.apiUrl ? redirected(http, config.apiUrl) : http;
    return twilio(config.accountSid, config.authToken, { httpClient, autoRetry: false });
  };
  let client: ReturnType<typeof connect> | undefined;

  return {
    async send({ to, text }) {
      const { messages } = await (client ??= connect());
      try {
        await messages.create({ to, body: text, ...config.sender });
      } catch (err) {
        const { status, code } = err as TwilioError;
        throw isPermanent(err as TwilioError) ? new DeliveryRefused(`twilio ${status} ${code}`) : err;
      }
    },
    async ready() {
      await (await (client ??= connect())).api.v2010.accounts(config.accountSid).fetch();
    },
  };
};

/** The same client, speaking to `apiUrl` instead of Twilio's host: a stand-in for tests. */
const redirected = <T extends { request: (options: never) => unknown }>(http: T, apiUrl: string): T => {
  const request = http.request.bind(http) as (options: { uri: string }) => unknown;
  const base = apiUrl.replace(/\/$/, '');
  return Object.assign(http, {
    request: (options: { uri: string }) =>
      request({ ...options, uri: options.uri.replace(/^https:\/\/[^/]+/, base) }),
  });
};
