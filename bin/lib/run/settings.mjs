/** ChatLink's own environment variables, all explained in .env.example. */
export const settings = [
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'DATABASE_URL',
  'MIGRATE_DATABASE_URL',
  'REDIS_URL',
  'SESSION_SECRET',
  'OTP_KEYS',
  'TRUSTED_PROXY_HOPS',
  'SMTP_URL',
  'ALLOW_PLAINTEXT',
  'MAIL_FROM',
  'OPERATOR_NAME',
  'OPERATOR_ADDRESS',
  'ABUSE_EMAIL',
  'SECURITY_CONTACT',
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_FROM',
  'TWILIO_MESSAGING_SERVICE_SID',
  'TWILIO_API_URL',
  'SMS_COUNTRIES',
  'WORKER',
  'WEB_CONCURRENCY',
  'DRAIN_DELAY',
  'METRICS_PORT',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'LOG_LEVEL',
  'BREACH_CHECK',
  'MEDIA_DIR',
  'S3_ENDPOINT',
  'S3_BUCKET',
  'S3_REGION',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
];

/** An environment in which nobody's settings change what tests see. */
export function withoutSettings(env) {
  return Object.fromEntries(Object.entries(env).filter(([key]) => !settings.includes(key)));
}
