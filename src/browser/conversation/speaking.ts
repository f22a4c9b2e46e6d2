const EVERY_MS = 2_000;
const MOST_LETTERS = 200;

/** Says what came, to whom doesn't see it; the list itself is quiet, for older messages are put in above. */
export function createSpeaker(status: HTMLElement) {
  let [waiting, timer]: [string[], ReturnType<typeof setTimeout> | null] = [[], null];
  const speak = (): void => {
    if (waiting.length === 0) return void (timer = null);
    status.textContent = waiting.join('\n');
    waiting = [];
    timer = setTimeout(speak, EVERY_MS);
  };
  return (name: string, text: string): void => {
    const letters = Array.from(text);
    const shown = letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS).join('')}…` : text;
    waiting.push(`${name}: ${shown}`);
    if (!timer) speak();
  };
}
