import { expect, test } from '@jest/globals';
import { faultsOfAxe } from '../support/axe.ts';
import { browserOfThisFile, Guest } from '../support/browser.ts';
import { visitor } from '../support/visitor.ts';

const { browser, base, house } = await browserOfThisFile();

const ways = {
  'on a phone': { viewport: { width: 390, height: 844 }, hasTouch: true },
  'on a desktop': { viewport: { width: 1280, height: 800 } },
  'without scripts': { viewport: { width: 390, height: 844 }, javaScriptEnabled: false },
  'from right to left': { viewport: { width: 390, height: 844 }, locale: 'ar-XB' },
};

test.each(Object.entries(ways))(
  'Ann comes to the front page, joins, meets people and says hello, %s',
  async (_way, options) => {
    const { username: sakura } = await visitor(house).signUp({
      country: 'JP',
      nativeLanguage: 'ja',
      learningLanguages: ['fr'],
    });
    const ann = await Guest.arrive(browser, base, options);
    const { page } = ann;
    // axe is a script itself.
    const expectAccessible = async (): Promise<void> => {
      if (!('javaScriptEnabled' in options)) expect(await faultsOfAxe(page)).toEqual([]);
    };
    const press = (selector: string) => page.locator(selector).first().click();

    await page.goto('/');
    await page.locator('[name=speak]').selectOption('fr');
    await page.locator('[name=learn]').selectOption('ja');
    await press('form[action="/sign-up"] [type=submit]');
    await page.waitForURL('**/sign-up?speak=fr&learn=ja');
    await page.waitForLoadState('load');
    await ann.join({ begun: true });
    const steps = ['/welcome/picture', '/welcome/words', '/welcome/levels'];
    for (const step of steps) {
      await page.locator(`form[action="${step}"]`).first().waitFor();
      await press('form[action="/welcome/skip"] [type=submit]');
    }
    await press('main a[href="/people"]');
    await page.waitForURL('**/people');
    await expectAccessible();
    await press(`.tile a[href="/chats/${sakura}"]`);
    await page.waitForURL(`**/chats/${sakura}`);
    await page.locator('#text').fill('Hajimemashite! What do you read at the moment?');
    await press('main form [type=submit]');
    await page.locator(`form[action="/chats/${sakura}/withdraw"]`).waitFor();
    await expectAccessible();
    expect(ann.complaints).toEqual([]);
  },
);
