/** What scrolls a list: one of its ancestors, or the page. */
function scrollerOf(list: HTMLElement): Element {
  for (let box: HTMLElement | null = list; box && box !== document.body; box = box.parentElement)
    if (/auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  return document.scrollingElement ?? document.documentElement;
}

interface Scrolling {
  list: HTMLElement;
  /** Where the list ends. */
  latest: HTMLElement;
  onLatest: () => void;
}

/** Who reads the end stays at the end; who reads above it stays where they are. */
export function scrolling({ list, latest, onLatest }: Scrolling) {
  let isAtLatest = false;
  new IntersectionObserver((entries) => {
    isAtLatest = entries.at(-1)!.isIntersecting;
    if (isAtLatest) onLatest();
  }).observe(latest);

  const by = (change: () => void, mark: () => number): void => {
    const before = mark();
    change();
    const moved = mark() - before;
    // Browsers that keep the place by themselves have nothing left to be moved.
    if (moved !== 0) scrollerOf(list).scrollBy({ top: moved, behavior: 'instant' });
  };
  return {
    isAtLatest: (): boolean => isAtLatest,
    toLatest: (): void => latest.scrollIntoView({ block: 'nearest' }),
    /** What is added below. */
    below(change: () => void): void {
      if (isAtLatest) by(change, () => latest.getBoundingClientRect().top);
      else change();
    },
    /** What is added above `anchor`. */
    above: (anchor: HTMLElement, change: () => void): void =>
      by(change, () => anchor.getBoundingClientRect().top),
  };
}
