import { seconds } from '../kernel/clock.ts';
import { DEFAULT_PORT, DEVELOPMENT_SECRET, type Environment, environmentSchema } from './environment.ts';
import { type MediaConfig, mediaFaults, mediaOf } from './media.ts';
import { isThisMachine, plaintextFaults } from './plaintext.ts';
import { productionFaults } from './production.ts';
import { type TwilioConfig, twilioFaults, twilioOf } from './twilio.ts';

export interface Config {
  production: boolean;
  environment: Environment['NODE_ENV'];
  port: number;
  /** Address to listen on; null: all of them. */
  host: string | null;
  publicUrl: URL;
  databaseUrl: string;
  redisUrl: string;
  sessionSecret: string;
  otpKeys: Environment['OTP_KEYS'];
  trustedProxyHops: number;
  smtpUrl: string | null;
  /** Mail goes over TLS or not at all: everywhere but to this machine, unless the operator said otherwise. */
  smtpNeedsTls: boolean;
  mailFrom: string;
  twilio: TwilioConfig | null;
  /** alpha-2 codes that may be texted; null: every country whose numbers are known. */
  smsCountries: string[] | null;
  /** Messages are kept for `/dev/outbox` instead of leaving: no real transport, and not production. */
  outbox: boolean;
  worker: Environment['WORKER'];
  webConcurrency: number;
  /** How long readiness says 503 before the port closes, in milliseconds. */
  drainDelay: number;
  metricsPort: number | null;
  /** Where traces go (OTLP over HTTP); null: nowhere. */
  tracesEndpoint: string | null;
  logLevel: Environment['LOG_LEVEL'];
  breachCheck: boolean;
  media: MediaConfig;
}

/** Thrown at start with every fault at once, so that one look mends them all. Never holds a value, only names. */
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

/** Two servers cannot listen on one port; 0 is a free one each. */
function portFaults(given: Record<string, string | undefined>): string[] {
  const port = Number(given.PORT ?? DEFAULT_PORT);
  return port !== 0 && Number(given.METRICS_PORT) === port
    ? ['METRICS_PORT: must differ from PORT, set another port that the public cannot reach']
    : [];
}

/** Reads the environment once. Throws `ConfigError`. An empty value counts as not set. */
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
    // A laptop in a café shows its outbox to nobody else.
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
