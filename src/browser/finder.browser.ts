import { languageFinder } from '../kernel/languages/finding.ts';
import { makeCombobox } from './combobox.ts';
import { all, t } from './index.ts';

/** Languages are found by typing. Stands behind the scripts that fill lists. */
for (const select of all(HTMLSelectElement, 'select:is([name=nativeLanguage], [name=learningLanguages])')) {
  const options = [...select.options].filter(({ value }) => value !== '');
  const found = options.map((option) => ({ code: option.value, label: option.text, option }));
  let find: ReturnType<typeof languageFinder<(typeof found)[number]>> | undefined;
  makeCombobox({
    select,
    label: t('web.browser.finder.list'),
    search: (typed) =>
      typed.trim() === '' ? options : (find ??= languageFinder(found))(typed).map(({ option }) => option),
    count: (count) => (count === 0 ? t('web.browser.finder.none') : t('web.browser.finder.found', { count })),
  });
}
