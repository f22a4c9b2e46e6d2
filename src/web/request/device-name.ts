import Bowser from 'bowser';
import { message, type Message, verbatim } from '../../kernel/message.ts';

const USER_AGENT_MAX = 512;

/** A closed list, since the header is written by whoever signs in, and emails to the owner quote it. */
const browsers: Record<string, string> = {
  Chrome: 'Chrome',
  Chromium: 'Chromium',
  'Android Browser': 'Android Browser',
  Firefox: 'Firefox',
  'Microsoft Edge': 'Edge',
  Opera: 'Opera',
  Safari: 'Safari',
  'Samsung Internet for Android': 'Samsung Internet',
  Vivaldi: 'Vivaldi',
  'Yandex Browser': 'Yandex Browser',
};
const systems: Record<string, string> = {
  Windows: 'Windows',
  macOS: 'Mac',
  iOS: 'iPhone',
  Android: 'Android',
  Linux: 'Linux',
  'Chrome OS': 'Chromebook',
};

/** "Firefox on Windows", "Safari on iPhone" */
export function deviceName(userAgent: string | undefined): string {
  if (!userAgent || userAgent.length > USER_AGENT_MAX) return unknownDevice;
  const { browser, os, platform } = Bowser.parse(userAgent);
  const name = own(browsers, browser.name);
  const system = platform.model === 'iPad' ? 'iPad' : own(systems, os.name);
  return name && system ? `${name} on ${system}` : (system ?? name ?? unknownDevice);
}

/** What `deviceName` said once, for whoever reads it now. */
export function deviceWords(stored: string): Message {
  if (stored === unknownDevice) return message('web.device.unknown');
  const [, browser, system] = /^(.+) on (.+)$/.exec(stored) ?? [];
  return browser && system ? message('web.device.browserOnSystem', { browser, system }) : verbatim(stored);
}

/** As it is stored. */
export const unknownDevice = 'an unknown device';

function own(words: Record<string, string>, key = ''): string | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}
