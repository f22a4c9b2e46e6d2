import type { Config } from './config/config.ts';

/** What features are told of the configuration. */
export function settingsOf({ otpKeys, smsCountries, publicUrl, sessionSecret }: Config) {
  return { otpKeys, smsCountries, publicUrl, secret: sessionSecret, secure: publicUrl.protocol === 'https:' };
}
