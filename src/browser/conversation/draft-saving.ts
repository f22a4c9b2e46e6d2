import type { Answer } from '../live/answer.ts';

const AFTER_MS = 2_000;

interface DraftDeps {
  field: HTMLTextAreaElement;
  save: (text: string) => Promise<Answer>;
  /** What the site has. */
  saved: string;
  /** Under which this tab keeps what is typed until the site has it. */
  key: string;
}

/** What is typed waits on the site, for every device; and in this tab, until it is there. */
export function draftSaving({ field, save, saved, key }: DraftDeps) {
  let [timer, isSaving]: [ReturnType<typeof setTimeout> | undefined, boolean] = [undefined, false];
  const keepHere = (text: string | null): void => {
    try {
      if (text === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, text);
    } catch {
      // Full, or switched off.
    }
  };
  const store = async (): Promise<void> => {
    const text = field.value;
    if (text === saved || isSaving) return;
    isSaving = true;
    const { ok } = await save(text);
    isSaving = false;
    if (ok) saved = text;
    if (ok && field.value === text) keepHere(null);
    else plan();
  };
  const plan = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void store(), AFTER_MS);
  };
  const set = (text: string): void => {
    field.value = text;
    field.dispatchEvent(new Event('grown'));
  };

  const before = ((): string | null => {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  })();
  if (before !== null && field.value === saved) set(before);
  field.addEventListener('input', () => {
    keepHere(field.value);
    plan();
  });

  return {
    /** From another tab or device: taken, where nothing was typed here since. */
    takeOver(text: string): void {
      // Told of one's own.
      if (isSaving) return;
      const isUntouched = field.value === saved;
      saved = text;
      if (isUntouched && field.value !== text) set(text);
    },
    /** It is sent; this tab keeps it until it is `kept` elsewhere. */
    sent(kept: Promise<void>): void {
      set('');
      plan();
      void kept.then(() => field.value === '' && keepHere(null));
    },
  };
}

export type DraftSaving = ReturnType<typeof draftSaving>;
