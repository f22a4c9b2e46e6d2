import { seconds } from '../kernel/clock.ts';
import type { Operator } from '../kernel/operator.ts';
import { DEFAULT_PORT, DEVELOPMENT_SECRET, type Environment, environmentSchema } from './environment.ts';
import { type MediaConfig, mediaFaults, mediaOf } from './media.ts';
import { isThisMachine, plaintextFaults } from './plaintext.ts';
import { productionFaults } from './production.ts';
import { type TwilioConfig, twilioFaults, twilioOf } from './twilio.ts';

export interface Config {
  production: boolean;
  environment: Environment['NODE_ENV'];
  port: number;
  host: string | null; // null: all addresses
  publicUrl: URL;
  databaseUrl: string;
  redisUrl: string;
  sessionSecret: string;
  otpKeys: Environment['OTP_KEYS'];
  trustedProxyHops: number;
  smtpUrl: string | null;
  smtpNeedsTls: boolean;
  mailFrom: string;
  operator: Operator;
  twilio: TwilioConfig | null;
  smsCountries: string[] | null; // alpha-2; null: every country
  outbox: boolean;
  worker: Environment['WORKER'];
  webConcurrency: number;
  drainDelay: number; // milliseconds in which readiness says 503 before the port closes
  metricsPort: number | null;
  tracesEndpoint: string | null; // OTLP over HTTP
  logLevel: Environment['LOG_LEVEL'];
  breachCheck: boolean;
  media: MediaConfig;
}

/** All faults at once, by name and never with a value. */
export class ConfigError extends Error {
  readonly faults: string[];
  constructor(faults: string[]) {
    super(
      `The configuration has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n  - ${faults.join('\n  - ')}`,
    );
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** 0 is a free port each. */
function portFaults(given: Record<string, string | undefined>): string[] {
  const port = Number(given.PORT ?? DEFAULT_PORT);
  return port !== 0 && Number(given.METRICS_PORT) === port
    ? ['METRICS_PORT: must differ from PORT, set another port that the public cannot reach']
    : [];
}

/** Throws `ConfigError`. An empty value counts as not set. */
export function readConfig(raw: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value?.trim()));
  const parsed = environmentSchema.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map((i) => `${i.path[0] as string}: ${i.message}`);
  if (given.NODE_ENV === 'production')
    faults.push(...productionFaults(given, DEVELOPMENT_SECRET), ...plaintextFaults(given));
  faults.push(...portFaults(given), ...twilioFaults(given), ...mediaFaults(given));
  if (!parsed.success || faults.length > 0) throw new ConfigError([...new Set(faults)]);

  const env = parsed.data;
  const production = env.NODE_ENV === 'production';
  const twilio = twilioOf(env);
  return {
    production,
    environment: env.NODE_ENV,
    port: env.PORT,
    // On a laptop, nobody else in the network sees the outbox.
    host: env.HOST ?? (production ? null : '127.0.0.1'),
    publicUrl: new URL(env.PUBLIC_URL ?? `http://localhost:${env.PORT}`),
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    sessionSecret: env.SESSION_SECRET,
    otpKeys: env.OTP_KEYS,
    trustedProxyHops: env.TRUSTED_PROXY_HOPS,
    smtpUrl: env.SMTP_URL ?? null,
    smtpNeedsTls:
      env.SMTP_URL !== undefined && !isThisMachine(env.SMTP_URL) && !env.ALLOW_PLAINTEXT?.includes('smtp'),
    mailFrom: env.MAIL_FROM,
    operator: {
      name: env.OPERATOR_NAME,
      address: env.OPERATOR_ADDRESS,
      abuseEmail: env.ABUSE_EMAIL,
      securityContact: env.SECURITY_CONTACT,
    },
    twilio,
    smsCountries: env.SMS_COUNTRIES ?? null,
    outbox: !production && !env.SMTP_URL && !twilio,
    worker: env.WORKER,
    webConcurrency: env.WEB_CONCURRENCY,
    drainDelay: seconds(env.DRAIN_DELAY),
    metricsPort: env.METRICS_PORT ?? null,
    tracesEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    logLevel: env.LOG_LEVEL,
    breachCheck: env.BREACH_CHECK === 'on',
    media: mediaOf(env),
  };
}
