import { all, lineAfter, need, t } from '../../../browser/index.ts';

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
