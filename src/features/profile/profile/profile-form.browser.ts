import { all, find, lineAfter, need, t } from '../../../browser/index.ts';

for (const box of all(HTMLElement, '[data-choose-at-most]')) {
  const max = Number(box.dataset.chooseAtMost);
  const say = lineAfter(need(HTMLElement, '.hint', box));
  const refresh = (): void => {
    const chosen = box.querySelectorAll(':checked').length;
    const spoken = chosen > max ? t('profile.browser.profile-form.tooMany', { max }) : '';
    say(t('profile.browser.profile-form.chosen', { count: chosen, max }), spoken);
  };
  box.addEventListener('change', refresh);
  refresh();
}

/** What the device is set to comes first, to be chosen without a search; nobody's choice is made for them. */
const zones = find(HTMLSelectElement, '[data-time-zone]');
const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
const mine = [...(zones?.options ?? [])].find(({ value }) => value === timeZone);
if (mine && !mine.selected) {
  const label = t('profile.browser.profile-form.zone', { zone: mine.text });
  zones!.options[0]!.after(new Option(label, timeZone));
}
