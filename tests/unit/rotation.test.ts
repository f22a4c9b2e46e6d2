import { describe, expect, test } from '@jest/globals';
import { isItsDay, looksChanged } from '../support/rotation.ts';
import { pages } from '../support/pages.ts';

test('within seven days every page has its day, once', () => {
  const week = [0, 1, 2, 3, 4, 5, 6];
  for (const page of pages) expect(week.filter((day) => isItsDay(page, 20_000 + day))).toHaveLength(1);
  const shares = week.map((day) => pages.filter((page) => isItsDay(page, day)).length / pages.length);
  expect(Math.max(...shares)).toBeLessThan(0.3);
});

describe('a page may look otherwise', () => {
  const login = { name: 'sign-in', view: 'auth/login', html: '<p class="card tile">' };
  const changed = (paths: string[], styles = '') => looksChanged({ paths, styles })(login);

  test.each([
    ['its own view', ['views/auth/login.ejs'], '', true],
    ['another view', ['views/auth/sign-up.ejs'], '', false],
    ['a partial of it', ['views/partials/field.ejs'], '', true],
    ['the layout', ['views/layouts/main.ejs'], '', true],
    ['a partial of the layout', ['views/partials/site-footer.ejs'], '', true],
    ['models of the catalogue', ['tests/support/pages/sign-in.ts'], '', true],
    ['code', ['src/app.ts'], '', false],
    ['a class that it has', ['public/css/cards.css'], ' .tile {\n-  margin: 0;\n+  margin: 1px;\n }', true],
    [
      'a class that it has not',
      ['public/css/cards.css'],
      ' .photo {\n-  margin: 0;\n+  margin: 1px;\n }',
      false,
    ],
    ['an element', ['public/css/base.css'], ' p {\n+  margin: 1px;\n }', true],
    ['a line of unknown reach', ['public/css/base.css'], '+  margin: 1px;', true],
  ])('after a change of %s', (_what, paths, styles, expected) => {
    expect(changed(paths, styles)).toBe(expected);
  });
});
