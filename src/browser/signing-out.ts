import { all } from './elements.ts';
import { release } from './presses.ts';
import { noteUnsent, unsentOf } from './unsent-note.ts';

/** What is typed in a conversation, until the site has it: of a person, in this tab. */
const TYPED = 'typed:';

export function typedKey(member: string, name: string): string {
  return `${TYPED}${member}:${name}`;
}

function forgetTyped(isToGo: (key: string) => boolean): void {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(TYPED) && isToGo(key)) sessionStorage.removeItem(key);
  } catch {
    // The storage is closed, and empty.
  }
}

let isLeaving = false;

/** The answer to the form leads on: no page needs to be loaded anew because the session has ended. */
export function isSigningOut(): boolean {
  return isLeaving;
}

/** What was written belongs to the person: it is sent from any page, and goes when they sign out. */
export function keepUnsent(member: string | undefined): void {
  if (!member) return;
  forgetTyped((key) => !key.startsWith(typedKey(member, '')));
  const isConversation = document.querySelector('#messages') !== null;
  if (unsentOf(member) && !isConversation)
    void import('./unsent/unsent.ts').then(({ sendUnsent }) => sendUnsent(member, noteUnsent));
  for (const form of all(HTMLFormElement, 'form[action="/logout"]'))
    form.addEventListener('submit', (event) => {
      const note = unsentOf(member);
      if (note) {
        event.preventDefault();
        release(form);
        // oxlint-disable-next-line no-alert -- the browser's own question is asked before anything is left
        if (!confirm(note.says.at(-1))) return;
        void import('./unsent/unsent.ts')
          .then(({ forgetUnsent }) => forgetUnsent(member, noteUnsent))
          .finally(() => form.submit());
      }
      isLeaving = true;
      forgetTyped(() => true);
    });
}
