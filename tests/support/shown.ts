import type { Page } from 'playwright-core';

/** Of an element's start tag as much as tells which it is. */
const nameOf = `(e) => e.outerHTML.slice(0, e.outerHTML.indexOf('>') + 1).slice(0, 120)`;

/** What is meant for ears only is one pixel large. */
const seen = `[...document.body.querySelectorAll('*')].filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 1)`;

const cutWords = `(() => {
  const name = ${nameOf};
  const faults = [];
  const root = document.documentElement;
  const over = root.scrollWidth - root.clientWidth;
  if (over > 0) faults.push(over + ' pixels too wide');
  document.querySelectorAll('details').forEach((e) => { e.open = true; });
  const boxOf = (e) => (getComputedStyle(e).display === 'inline' ? boxOf(e.parentElement) : e);
  const range = document.createRange();
  for (const e of ${seen}) {
    const style = getComputedStyle(e);
    if (style.textOverflow === 'ellipsis') continue;
    if (style.overflowX !== 'visible' && e.innerText && !e.matches('input, textarea, select') && e.scrollWidth > e.clientWidth + 1) faults.push('cut: ' + name(e));
    if (e.matches('select, option, svg *, script')) continue;
    for (const node of e.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      range.selectNodeContents(node);
      const box = boxOf(e).getBoundingClientRect();
      if ([...range.getClientRects()].some(({ left, right }) => left < box.left - 1 || right > box.right + 1))
        faults.push('outside its box: ' + node.data.trim().slice(0, 60));
    }
  }
  return faults;
})()`;

/** Whether all words can be read: nothing to be scrolled sideways, no word cut, none outside its box, but where three dots say so. A list shows what is too long for its field when it opens. */
export async function cutWordsOn(page: Page): Promise<string[]> {
  return (await page.evaluate(cutWords)) as string[];
}

const boxes = `${seen}.filter((e) => !e.matches('svg *, option') && getComputedStyle(e).display !== 'inline')
  .map((e) => [e, e.getBoundingClientRect(), edgesOf(e)])`;

/** What is drawn at one side alone: lines, and corners that are rounder than others. */
const edgesOf = `(e) => {
  const style = getComputedStyle(e);
  const at = (side) => ['border-' + side + '-width', 'border-bottom-' + side + '-radius', 'border-top-' + side + '-radius'].map((name) => style.getPropertyValue(name)).join();
  return { left: at('left'), right: at('right') };
}`;

const unmirrored = `(() => {
  const name = ${nameOf};
  const edgesOf = ${edgesOf};
  const root = document.documentElement;
  root.dir = 'ltr';
  const width = root.clientWidth;
  const before = ${boxes};
  root.dir = 'rtl';
  return before.filter(([e, was, edges]) => {
    const { left, right } = e.getBoundingClientRect();
    const now = edgesOf(e);
    return now.left !== edges.right || now.right !== edges.left || Math.abs(left - (width - was.right)) > 1.5 || Math.abs(right - (width - was.left)) > 1.5;
  }).map(([e]) => 'not mirrored: ' + name(e));
})()`;

const turnedCodes = `[...document.querySelectorAll('code')]
  .filter((e) => getComputedStyle(e).direction === 'rtl').map((e) => 'turned: ' + e.textContent)`;

const displaced = `(() => {
  const name = ${nameOf};
  const faults = [];
  for (const e of ${seen}) {
    const { direction, textAlign, textOverflow } = getComputedStyle(e);
    if (e.matches('dd, input, .photo-alt') && direction === 'ltr' && /start|left/.test(textAlign)) faults.push('begins on the left: ' + name(e));
    if (textOverflow === 'ellipsis' && !e.matches('bdi, [dir=auto], input, select, textarea')) faults.push('its first letters may be cut: ' + name(e));
  }
  const range = document.createRange();
  const leftOf = (node, place) => {
    range.setStart(node, place);
    range.setEnd(node, place + 1);
    return range.getBoundingClientRect();
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.checkVisibility() || node.parentElement.closest('option, script, textarea')) continue;
    for (const { index } of node.data.matchAll(/(?<![\\p{L}\\d])[@+](?=[\\p{L}\\d])/gu)) {
      const [sign, next] = [leftOf(node, index), leftOf(node, index + 1)];
      if (sign.top === next.top && sign.left > next.left) faults.push('at the wrong end: ' + node.data.slice(index).trim().slice(0, 40));
    }
  }
  return faults;
})()`;

/** What people wrote that begins where lines of the page end, may lose its first letters, or has its @ or + behind it. */
export async function displacedOn(page: Page): Promise<string[]> {
  return (await page.evaluate(displaced)) as string[];
}

/** What does not lie, from right to left, where its mirror image would. */
export async function unmirroredOn(page: Page): Promise<string[]> {
  return (await page.evaluate(unmirrored)) as string[];
}

/** What is of no language and yet reads from right to left: `__Host-sid` would end in its underscores. */
export async function turnedCodesOn(page: Page): Promise<string[]> {
  return (await page.evaluate(turnedCodes)) as string[];
}

const said = `(() => {
  const others = '[translate=no], bdi, [dir=auto], .written, pre, code, script, noscript, style, textarea, .avatar, .picture, select:not([name=levels]) > option:not([value=""]), [lang]:not(:root, [lang="' + document.documentElement.lang + '"])';
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(others)) texts.push(walker.currentNode.data);
  for (const attribute of ['aria-label', 'alt', 'placeholder', 'title'])
    for (const e of document.querySelectorAll('[' + attribute + ']'))
      if (!e.closest(others)) texts.push(e.getAttribute(attribute));
  return texts.map((text) => text.trim().replace(/\\s+/g, ' ')).filter(Boolean);
})()`;

/** What the site itself says on a page, its title first: neither lists of countries and languages nor what people wrote. */
export async function saidOn(page: Page): Promise<string[]> {
  return (await page.evaluate(said)) as string[];
}
