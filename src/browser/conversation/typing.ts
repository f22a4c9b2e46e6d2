/** The law of the community: it dies by itself. */
const LASTS_MS = 6_000;
/** Told again before it died with the other. */
const TOLD_EVERY_MS = 3_000;

interface TypingDeps {
  /** Says that the other is writing. */
  line: HTMLElement;
  field: HTMLTextAreaElement;
  tell: () => void;
}

/** "Lucía is writing…", both ways. */
export function typing({ line, field, tell }: TypingDeps) {
  let ends: ReturnType<typeof setTimeout> | undefined;
  let isTold = false;
  const over = (): void => {
    clearTimeout(ends);
    line.hidden = true;
  };
  field.addEventListener('input', () => {
    if (isTold || field.value === '') return;
    isTold = true;
    tell();
    setTimeout(() => (isTold = false), TOLD_EVERY_MS);
  });
  return {
    theirs(): void {
      over();
      line.hidden = false;
      ends = setTimeout(over, LASTS_MS);
    },
    over,
  };
}
