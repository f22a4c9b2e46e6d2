import { expect, test } from '@jest/globals';
import { deviceName, deviceWords } from '../../../../src/web/request/device-name.ts';
import { english } from '../../../support/words.ts';
import { userAgents } from '../../../support/user-agents.ts';

const unknown = 'an unknown device';

test.each(Object.entries(userAgents))('a browser is called "%s"', (name, userAgent) => {
  expect(deviceName(userAgent)).toBe(name);
});

test.each([
  ['no header', undefined],
  ['an empty one', ''],
  ['a space', ' '],
  ['a tool', 'curl/8.5.0'],
  ['a crawler', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  ['a console', 'Mozilla/5.0 (PlayStation 4 3.11) AppleWebKit/537.73 (KHTML, like Gecko)'],
  ['noise', '\u0000\uFFFF💥 %s %n ${x} ../../etc/passwd'],
  ['markup', '<script>alert(1)</script>'],
  ['what every object has', 'constructor/1.0 (x)'],
  ['what every object has, too', '__proto__/1 x'],
  ['one more of these', 'hasOwnProperty/1 x'],
])('%s is an unknown device', (_, userAgent) => {
  expect(deviceName(userAgent)).toBe(unknown);
});

test('where only one half is known, only that is said', () => {
  expect(deviceName('Mozilla/5.0 (X11; FreeBSD amd64; rv:127.0) Gecko/20100101 Firefox/127.0')).toBe(
    'Firefox',
  );
  expect(deviceName('NobodysBrowser/1.0 (Windows NT 10.0; Win64; x64)')).toBe('Windows');
});

test('a header may be as long as 512 characters; a longer one is no browser’s', () => {
  const firefox = userAgents['Firefox on Linux'];
  expect(deviceName(firefox.padEnd(512, ' x'))).toBe('Firefox on Linux');
  expect(deviceName(firefox.padEnd(513, ' x'))).toBe(unknown);
  expect(deviceName(firefox.padEnd(10_000, ' x'))).toBe(unknown);
});

test('whatever the header says, only words of ours come out', () => {
  const pieces = [
    'Firefox/1 http://evil.example',
    '<b>Chrome</b>/1.0 (Windows NT 10.0)',
    'Your account is locked, call +1 555 0100 / Safari/1 (iPhone)',
    'Chrome/1 (Linux; Android 10; CALL +1 555 0100)',
    'Firefox/1 (X11; Linux; rv:1) "\'&<>',
    'Opera/9.8\r\nBcc: everybody@example.com',
  ];
  for (const piece of pieces)
    expect({ piece, said: deviceName(piece) }).toEqual({
      piece,
      said: expect.stringMatching(
        /^(an unknown device|(Chrome|Firefox|Opera|Safari|Android Browser)?( on )?(Windows|iPhone|Android|Linux)?)$/,
      ),
    });
});

test.each(['Firefox on Windows', 'Samsung Internet on Android', 'Windows', 'Edge', unknown])(
  'what was stored as "%s" is said so in English',
  (stored) => {
    expect(english.say(deviceWords(stored))).toBe(stored);
  },
);
