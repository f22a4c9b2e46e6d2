const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const windows = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit}`;
const apple = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';

/** What browsers say of themselves, by what we call them. */
export const userAgents = {
  'Firefox on Windows': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0',
  'Firefox on Linux': 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
  'Chrome on Windows': `${windows} Chrome/126.0.0.0 Safari/537.36`,
  'Chrome on Android': `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/126.0.0.0 Mobile Safari/537.36`,
  'Chrome on Chromebook': `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/126.0.0.0 Safari/537.36`,
  'Chrome on iPhone': `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${apple} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`,
  'Edge on Windows': `${windows} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0`,
  'Opera on Windows': `${windows} Chrome/126.0.0.0 Safari/537.36 OPR/111.0.0.0`,
  'Vivaldi on Windows': `${windows} Chrome/126.0.0.0 Safari/537.36 Vivaldi/6.7`,
  'Yandex Browser on Windows': `${windows} Chrome/124.0.0.0 YaBrowser/24.6.0.0 Safari/537.36`,
  'Samsung Internet on Android': `Mozilla/5.0 (Linux; Android 14; SM-S918B) ${webkit} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
  'Safari on Mac': `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${apple} Version/17.5 Safari/605.1.15`,
  'Safari on iPhone': `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${apple} Version/17.5 Mobile/15E148 Safari/604.1`,
  'Safari on iPad': `Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) ${apple} Version/16.6 Mobile/15E148 Safari/604.1`,
} as const;
