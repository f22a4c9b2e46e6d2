import { describe, expect, test } from '@jest/globals';
import { featureOrder } from '../support/architecture/rooms.ts';
import { declarationsOf, faultOf, stylesheets } from '../support/css.ts';

const app = stylesheets.find(({ path }) => path === 'app.css')!.text;
const layers = [...app.matchAll(/^@layer ([^;]+);/gm)].flatMap(([, names]) => names!.split(/,\s*/));
const imports = [...app.matchAll(/^@import "([^"]+)" layer\(([\w-]+)\);/gm)].map(([, from, layer]) => ({
  from: from!,
  layer: layer!,
}));

test('every file lies in a layer, and layers are filled in their order', () => {
  const own = imports.filter(({ from }) => from.startsWith('./')).map(({ from }) => from.slice(2));
  expect([...own].sort()).toEqual(
    stylesheets
      .map(({ path }) => path)
      .filter((path) => path !== 'app.css')
      .sort(),
  );
  expect([...new Set(imports.map(({ layer }) => layer))]).toEqual(layers);
  // All that isn't imported would win over what is.
  expect(app.replace(/\/\*[\s\S]*?\*\/|^@(layer|import) [^;]+;/gm, '').trim()).toBe('');
});

test('a file, or a folder of files, is called as its layer; features come in the order of the house', () => {
  for (const { from, layer } of imports.filter((one) => one.from.startsWith('./')))
    expect(from).toMatch(new RegExp(`^\\./${layer}(\\.css|/[\\w-]+\\.css)$`));
  const features = layers.filter((layer) => featureOrder.includes(layer));
  expect(features).toEqual(featureOrder.filter((name) => features.includes(name)));
});

test('no file is longer than 300 lines', () => {
  expect(stylesheets.filter(({ text }) => text.split('\n').length > 301).map(({ path }) => path)).toEqual([]);
});

/** What looks the same from both sides, or is turned round by its selector. */
const allowed = [
  'base.css: transform: scaleX(-1)', // turns round what points onward
  'details.css: transform: rotate(90deg)', // as above
  'forms/choices.css: clip-path: polygon(14% 47%, 3% 60%, 38% 92%, 97% 22%, 85% 11%, 37% 68%)', // a tick is one everywhere
];

test('styles speak of the start and the end of a line, not of left and right', () => {
  const faults = stylesheets.flatMap((sheet) =>
    declarationsOf(sheet).flatMap((one) => {
      const said = `${sheet.path}: ${one.property}: ${one.value}`;
      const fault = faultOf(one);
      return fault && !allowed.includes(said) ? [`${said} ${fault}`] : [];
    }),
  );
  expect(faults).toEqual([]);
});

describe('what speaks of a side is found', () => {
  test.each([
    'margin-left: 1rem',
    'top: 0',
    'border-top-left-radius: 1px',
    'text-align: left',
    'background: url(a.svg) right center',
    'margin: 0 1px 0 2px',
    'padding: 0 var(--a) 0 calc(var(--a) * 2)',
    'border-radius: 1px 1px 1px 2px',
    'border-radius: 1px 2px',
    'transform: translateX(1px)',
    'transform: translate(-50%, 0)',
    'box-shadow: 1px 0 red',
    'background: linear-gradient(115deg, red, blue)',
  ])('%s', (line) => {
    const [found] = declarationsOf({ path: 'a.css', text: `a { ${line}; }` });
    expect(faultOf(found!)).not.toBeNull();
  });

  test.each([
    'margin: 0 1px',
    'margin: 0 auto calc(1px * 2)',
    'padding-inline-start: 1rem',
    'border-radius: 1px 1px 2px 2px',
    'border-end-start-radius: 1px',
    'transform: scale(1.1)',
    'transform: translateY(1px)',
    'box-shadow: inset 0 0 0 1px red',
    'background: linear-gradient(var(--lean), red, blue) top / 100% 1rem no-repeat',
    'animation: slide-left 1s',
  ])('and what does not is not: %s', (line) => {
    const [found] = declarationsOf({ path: 'a.css', text: `a { ${line}; }` });
    expect(faultOf(found!)).toBeNull();
  });
});
