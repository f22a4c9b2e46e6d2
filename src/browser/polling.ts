export interface Poll {
  /** Asked before each pause: whether there is anything left to wait for. */
  isWanted: () => boolean;
  pauseMs: (ageMs: number) => number;
  forMs: number;
  /** One that fails is asked again: offline for a moment, or signed out elsewhere, the page stays as it is. */
  ask: () => Promise<unknown>;
}

export async function poll({ isWanted, pauseMs, forMs, ask }: Poll): Promise<void> {
  // Timers sleep in hidden tabs: what has gone by is measured, not counted.
  const start = performance.now();
  for (;;) {
    const age = performance.now() - start;
    if (!isWanted() || age > forMs) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs(age)));
    await ask().catch(() => {});
  }
}
