import { done, type Outcome, type Refusal, refused } from '../../../kernel/outcome.ts';
import { usernameKeyOf } from '../../../kernel/username.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { type Limits, orRelease } from '../../../platform/limits/limits.ts';
import { deskPolicy } from '../policy.ts';
import type { ContactReason, DeskContact, DeskPerson } from './people.ts';
import type { PeopleStore } from './people.store.ts';

interface PeopleDeps {
  store: PeopleStore;
  limits: Limits;
}

/** People as the desk sees them, by what they are called. */
export function createPeople({ store, limits }: PeopleDeps) {
  return {
    async read(staff: Viewer, username: string): Promise<Outcome<DeskPerson, 'nobody'>> {
      const found = await store.read(staff, usernameKeyOf(username) ?? '');
      return found ? done(found) : refused('nobody');
    },

    async contact(
      staff: Viewer,
      username: string,
      why: ContactReason,
    ): Promise<
      Outcome<DeskContact, Refusal<'nobody'> | Refusal<'staff'> | Refusal<'too-often', { retryInMs: number }>>
    > {
      const allowed = await limits.take([{ key: `desk-contacts:${staff.id}`, rules: deskPolicy.contacts }]);
      if (!allowed.ok) return refused('too-often', { retryInMs: allowed.waitMs });
      const found = await orRelease([allowed], () =>
        store.contact(staff, usernameKeyOf(username) ?? '', why),
      );
      if (found && !found.isStaff) return done({ email: found.email, phone: found.phone });
      await allowed.release();
      return found ? refused('staff') : refused('nobody');
    },
  };
}

export type People = ReturnType<typeof createPeople>;
