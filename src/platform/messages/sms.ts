import type { TwilioConfig } from '../../config/twilio.ts';
import { DeliveryRefused, type RefusalCause, type Texter } from './delivery.ts';

interface TwilioError extends Error {
  status?: number;
  code?: number;
}

const passing = new Set([401, 403, 404, 408, 429]); // our credentials, a timeout, or too much at once

/** About the number itself, by twilio.com/docs/api/errors: none, unreachable, a landline, a short code. */
const ofTheNumber = new Set([21211, 21214, 21217, 21265, 21401, 21614, 21635]);
/** The country is switched off in our account, or no sender of ours reaches it. */
const ofTheRoute = new Set([21408, 21612]);
const OPTED_OUT = 21610; // the owner of the number answered STOP

/** What isn't known to be the number's fault is ours. */
function refusalOf(code = 0): RefusalCause {
  if (code === OPTED_OUT) return 'opted-out';
  if (ofTheRoute.has(code)) return 'route';
  return ofTheNumber.has(code) ? 'recipient' : 'sender';
}

function deliveryErrorOf(err: TwilioError): Error {
  const { status = 0, code } = err;
  const isPermanent = status >= 400 && status < 500 && !passing.has(status);
  return isPermanent ? new DeliveryRefused(`twilio ${status} ${code}`, refusalOf(code)) : err;
}

/** `timeout` bounds one request, in ms. The SDK is large, so it is loaded at first use. */
export function createTwilioTexter(config: TwilioConfig, timeout: number): Texter {
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
        throw deliveryErrorOf(err as TwilioError);
      }
    },
    async ready() {
      await (await (client ??= connect())).api.v2010.accounts(config.accountSid).fetch();
    },
  };
}

function redirected<T extends { request: (options: never) => unknown }>(http: T, apiUrl: string): T {
  const request = http.request.bind(http) as (options: { uri: string }) => unknown;
  const base = apiUrl.replace(/\/$/, '');
  return Object.assign(http, {
    request: (options: { uri: string }) =>
      request({ ...options, uri: options.uri.replace(/^https:\/\/[^/]+/, base) }),
  });
}
