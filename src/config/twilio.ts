import type { Environment } from './environment.ts';

export interface TwilioConfig {
  accountSid: string;
  authToken: string;
  sender: { from: string } | { messagingServiceSid: string };
  apiUrl: string | null;
}

const names = [
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_FROM',
  'TWILIO_MESSAGING_SERVICE_SID',
  'TWILIO_API_URL',
] as const;

/** With half of the settings no message would leave, and nothing would say so. */
export function twilioFaults(given: Record<string, string | undefined>): string[] {
  const first = names.find((name) => given[name]);
  if (!first) return [];
  const missing: string[] = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'].filter((name) => !given[name]);
  if (!given.TWILIO_FROM && !given.TWILIO_MESSAGING_SERVICE_SID)
    missing.push('TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID');
  return missing.length > 0 ? [`${first}: needs ${missing.join(' and ')} beside it`] : [];
}

/** After `twilioFaults` found none. */
export function twilioOf(env: Environment): TwilioConfig | null {
  if (!env.TWILIO_ACCOUNT_SID || !env.TWILIO_AUTH_TOKEN) return null;
  const sender = env.TWILIO_MESSAGING_SERVICE_SID
    ? { messagingServiceSid: env.TWILIO_MESSAGING_SERVICE_SID }
    : env.TWILIO_FROM
      ? { from: env.TWILIO_FROM }
      : null;
  return (
    sender && {
      accountSid: env.TWILIO_ACCOUNT_SID,
      authToken: env.TWILIO_AUTH_TOKEN,
      sender,
      apiUrl: env.TWILIO_API_URL ?? null,
    }
  );
}
