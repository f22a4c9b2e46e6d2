/**
 * What was typed into a long form and not saved waits in this tab: another tab may sign out meanwhile, and people leave
 * by mistake.
 */
export interface Draft {
  /** Whose it is; undefined before somebody has signed in. */
  member?: string | undefined;
  /** A draft fits only a form with the same fields. */
  shape: string;
  sent: boolean;
  values: (string | boolean)[];
}

const PREFIX = 'draft:';

/** Null: the storage is full, or switched off; then nothing is kept. */
function store<T>(act: (storage: Storage) => T): T | null {
  try {
    return act(sessionStorage);
  } catch {
    return null;
  }
}

export function currentMember(): string | undefined {
  return document.body.dataset.member;
}

export function keepDraft(path: string, draft: Draft): void {
  store((storage) => storage.setItem(PREFIX + path, JSON.stringify(draft)));
}

export function forgetDraft(path: string): void {
  store((storage) => storage.removeItem(PREFIX + path));
}

export function draftOf(path: string): Draft | null {
  return store((storage) => JSON.parse(storage.getItem(PREFIX + path) ?? 'null') as Draft | null);
}

function pathsOfDrafts(): string[] {
  const keys = store((storage) => Object.keys(storage)) ?? [];
  return keys.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
}

/** Once its form was saved, when its person signs out here, and when somebody else signs in. */
function forgetOld(): void {
  const member = currentMember();
  for (const path of pathsOfDrafts()) {
    const draft = draftOf(path);
    if (!draft) continue;
    const isElsewhere = location.pathname !== path && location.pathname !== '/login';
    if ((draft.sent && isElsewhere) || (member && member !== draft.member)) forgetDraft(path);
    else if (draft.sent) keepDraft(path, { ...draft, sent: false });
  }
}

export function tidyDrafts(): void {
  forgetOld();
  for (const form of document.querySelectorAll('form[action="/logout"]'))
    form.addEventListener('submit', () => {
      for (const path of pathsOfDrafts()) forgetDraft(path);
    });
  for (const notice of document.querySelectorAll<HTMLElement>('[data-kept-for]')) {
    const kept = notice.querySelector<HTMLElement>('[data-kept]');
    if (kept && pathsOfDrafts().some((path) => path === notice.dataset.keptFor)) kept.hidden = false;
  }
}
