import { done, type Outcome, refused } from '../../../kernel/outcome.ts';
import { usernameKeyOf } from '../../../kernel/username.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { HiddenPeopleStore } from './hidden-people.store.ts';

type Done = Outcome<{ username: string }, 'nobody'>;

/** Whom the viewer doesn't want to be suggested; twice is once. */
export function createHiddenPeople(store: HiddenPeopleStore) {
  const by =
    (change: (viewer: Viewer, usernameKey: string) => Promise<{ username: string } | null>) =>
    async (viewer: Viewer, username: string): Promise<Done> => {
      const found = await change(viewer, usernameKeyOf(username) ?? '');
      return found ? done(found) : refused('nobody');
    };
  return {
    hide: by((viewer, key) => store.hide(viewer, key)),
    unhide: by((viewer, key) => store.unhide(viewer, key)),
  };
}

export type HiddenPeople = ReturnType<typeof createHiddenPeople>;
