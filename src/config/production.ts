import { ZxcvbnFactory } from '@zxcvbn-ts/core';

const SECRET_MIN = 32; // OWASP Session Management: 128 bits, which 32 characters of any usual alphabet hold
/** Powers of ten. 32 random hex digits never came below 27 in 100,000 tries; the alphabet has 4. */
const GUESSES_MIN = 24;

const estimator = new ZxcvbnFactory();

function isEasyToGuess(text: string): boolean {
  return new Set(text).size < 10 || estimator.check(text).guessesLog10 < GUESSES_MIN;
}

function weak(secret: string): boolean {
  return (
    secret.length < SECRET_MIN ||
    isEasyToGuess(secret) ||
    /change.?me|example|development|secret123/i.test(secret)
  );
}

const contacts = {
  OPERATOR_NAME: '/privacy, /terms and /about say who runs the site',
  OPERATOR_ADDRESS: '/privacy, /terms and /about say where to write to',
  ABUSE_EMAIL: 'people report to it',
  SECURITY_CONTACT: '/.well-known/security.txt leads to it',
};

/** Names faults, never values. */
export function productionFaults(
  given: Record<string, string | undefined>,
  developmentSecret: string,
): string[] {
  const faults: string[] = [];
  const { SESSION_SECRET: secret, OTP_KEYS: keys, PUBLIC_URL: publicUrl } = given;

  if (!secret) faults.push('SESSION_SECRET: must be set in production (openssl rand -base64 48)');
  else if (secret === developmentSecret || weak(secret))
    faults.push(
      'SESSION_SECRET: is weak or a known default; take 32 or more random characters (openssl rand -base64 48)',
    );

  if (!keys) faults.push('OTP_KEYS: must be set in production (k1:$(openssl rand -base64 32))');
  else if (keys.split(',').some((pair) => weakKey(pair.split(':')[1] ?? '', developmentSecret)))
    faults.push(
      'OTP_KEYS: holds a weak or known default key; take 32 random bytes (openssl rand -base64 32)',
    );

  if (given.MIGRATE_DATABASE_URL)
    faults.push(
      'MIGRATE_DATABASE_URL: is for migrations alone; take it out of the environment of site and worker',
    );

  if (!given.SMTP_URL) faults.push('SMTP_URL: must be set in production, mail has to leave');
  if (given.TWILIO_ACCOUNT_SID && !given.SMS_COUNTRIES)
    faults.push(
      'SMS_COUNTRIES: must be set in production with Twilio; name the countries that you serve (DE,FR)',
    );
  if (!given.MAIL_FROM) faults.push('MAIL_FROM: must be set in production, people see it');
  for (const [name, why] of Object.entries(contacts))
    if (!given[name]) faults.push(`${name}: must be set in production, ${why}`);
  if (!publicUrl) faults.push('PUBLIC_URL: must be set in production, links in messages use it');
  else if (!publicUrl.startsWith('https://')) faults.push('PUBLIC_URL: must be https in production');
  return faults;
}

function weakKey(base64: string, developmentSecret: string): boolean {
  const key = Buffer.from(base64, 'base64');
  const text = key.toString('latin1');
  return isEasyToGuess(text) || text.startsWith(developmentSecret.slice(0, 16));
}
