import { z } from 'zod';
import { plaintextList } from './plaintext.ts';
import {
  contactUri,
  countryList,
  email,
  integer,
  mailFrom,
  otpKeys,
  smsSender,
  url,
  wholeSite,
} from './values.ts';

/** Public in this file, so refused in production. */
export const DEVELOPMENT_SECRET = 'development-only-secret-of-chatlink';
const developmentOtpKey = `dev:${Buffer.from(DEVELOPMENT_SECRET.slice(0, 32)).toString('base64')}`;

export const DEFAULT_PORT = 3000;

/** `.env.example` explains each name; a test compares the two. */
export const environmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: integer(0, 65_535).default(DEFAULT_PORT),
  HOST: z.string().min(1).optional(),
  PUBLIC_URL: wholeSite.optional(),
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  REDIS_URL: url(['redis:', 'rediss:']),
  SESSION_SECRET: z.string().min(1).default(DEVELOPMENT_SECRET),
  OTP_KEYS: otpKeys.prefault(developmentOtpKey),
  TRUSTED_PROXY_HOPS: integer(0, 10).default(0),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  ALLOW_PLAINTEXT: plaintextList.optional(),
  MAIL_FROM: mailFrom.default('ChatLink <hello@chatlink.example>'),
  OPERATOR_NAME: z.string().trim().default('ChatLink, in development'),
  OPERATOR_ADDRESS: z.string().trim().default('1 Example Street, Exampletown'),
  ABUSE_EMAIL: email.default('abuse@chatlink.example'),
  SECURITY_CONTACT: contactUri.default('mailto:security@chatlink.example'),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/i, 'must look like AC and 32 hex digits')
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  TWILIO_FROM: smsSender.optional(),
  TWILIO_MESSAGING_SERVICE_SID: z.string().regex(/^MG/, 'must begin with MG').optional(),
  TWILIO_API_URL: url(['http:', 'https:']).optional(),
  SMS_COUNTRIES: countryList.optional(),
  WORKER: z.enum(['inline', 'separate']).default('inline'),
  WEB_CONCURRENCY: integer(1, 64).default(1),
  DRAIN_DELAY: integer(0, 5).default(0),
  METRICS_PORT: integer(0, 65_535).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url(['http:', 'https:']).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  BREACH_CHECK: z.enum(['off', 'on']).default('off'),
  MEDIA_DIR: z.string().min(1).optional(),
  S3_ENDPOINT: url(['http:', 'https:']).optional(),
  S3_BUCKET: z.string().min(1).optional(),
  S3_REGION: z.string().min(1).optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
});

export type Environment = z.infer<typeof environmentSchema>;
