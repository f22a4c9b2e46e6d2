import { done, type Outcome, refused } from '../../../kernel/outcome.ts';
import { usernameKeyOf } from '../../../kernel/username.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { ContactReason, DeskContact, DeskPerson } from './people.ts';
import type { PeopleStore } from './people.store.ts';

/** People as the desk sees them, by what they are called. */
export function createPeople(store: PeopleStore) {
  return {
    async read(staff: Viewer, username: string): Promise<Outcome<DeskPerson, 'nobody'>> {
      const found = await store.read(staff, usernameKeyOf(username) ?? '');
      return found ? done(found) : refused('nobody');
    },

    async contact(
      staff: Viewer,
      username: string,
      why: ContactReason,
    ): Promise<Outcome<DeskContact, 'nobody'>> {
      const found = await store.contact(staff, usernameKeyOf(username) ?? '', why);
      return found ? done(found) : refused('nobody');
    },
  };
}

export type People = ReturnType<typeof createPeople>;
