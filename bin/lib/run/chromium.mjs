import { findProgram, isProgram } from '../processes/programs.mjs';
import { Stop } from '../say.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const folders = ['/usr/bin', '/snap/bin', '/opt/google/chrome'];
const macOs = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser for the stories. Missing, the stories fail: skipped ones would look like passed ones. */
export function chromium(env = process.env) {
  const given = env.CHROMIUM_PATH;
  if (given && !isProgram(given)) throw new Stop(`CHROMIUM_PATH is ${given}, and there is no program there.`);
  const found = given || findProgram(names, { env, more: folders }) || macOs.find(isProgram);
  if (!found) {
    throw new Stop(`The browser stories need Chromium, and there is none on this machine. Install it:
  - Debian, Ubuntu: apt-get install chromium
  - Fedora: dnf install chromium
  - macOS: brew install --cask chromium
or set CHROMIUM_PATH to a Chromium or Chrome you have.`);
  }
  return found;
}
