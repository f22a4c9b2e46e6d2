import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { browserOfThisFile, openChromium } from '../support/browser.ts';
import { field, openChat, partnersIn, say, shown } from '../support/conversing.ts';
import { openGate } from '../support/gate.ts';

const { browser, base } = await browserOfThisFile();

/** What a train is to a phone. */
const CUT_EVERY_MS = 2_000;
const FOR_MS = 20_000;

test('cut every two seconds, while both write: everything is on both screens, once and in order', async () => {
  const gate = await openGate(base);
  const anns = await openChromium(
    `--host-resolver-rules=MAP ${new URL(base).host} ${new URL(gate.url).host}`,
  );
  try {
    const { ann, ben } = await partnersIn(browser, base, {}, anns);
    const { page } = ann.guest;
    await openChat(page, ben);
    await openChat(ben.guest.page, ann);
    let isOver = false;
    const [fromBen, fromAnn]: [string[], string[]] = [[], []];
    const his = (async () => {
      for (let n = 0; !isOver; n++) {
        if ((await say(ben, ann, `b${n}`)) === 201) fromBen.push(`b${n}`);
        await pause(300);
      }
    })();
    const hers = (async () => {
      for (let n = 0; !isOver; n++) {
        await field(page).fill(`a${n}`);
        await field(page).press('Enter');
        fromAnn.push(`a${n}`);
        await pause(700);
      }
    })();
    for (let passed = 0; passed < FOR_MS; passed += CUT_EVERY_MS) {
      await pause(CUT_EVERY_MS - 500);
      gate.cut();
      await pause(500);
      gate.open();
    }
    isOver = true;
    await Promise.all([his, hers]);
    const count = fromBen.length + fromAnn.length;
    for (const screen of [page, ben.guest.page]) await screen.locator(`#m-${count + 1}`).waitFor();
    const [here, there] = [await shown(page), await shown(ben.guest.page)];
    expect(here).toHaveLength(count);
    expect(there).toEqual(here.map((line) => (line.startsWith('>') ? '<' : '>') + line.slice(1)));
    expect(here.filter((line) => line.startsWith('<')).map((line) => line.slice(2))).toEqual(fromBen);
    expect(here.filter((line) => line.startsWith('>')).map((line) => line.slice(2))).toEqual(fromAnn);
  } finally {
    await anns.close();
    await gate.close();
  }
}, 120_000);
