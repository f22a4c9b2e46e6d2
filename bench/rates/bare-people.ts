import { chatActions } from '../../src/features/chat/person-actions.ts';
import type { Filters } from '../../src/features/people/finding/filters.ts';
import type { PeoplePage } from '../../src/features/people/finding/people.ts';
import { createPeople } from '../../src/features/people/finding/people.service.ts';
import { createPeopleStore } from '../../src/features/people/finding/people.store.ts';
import { beginWalk } from '../../src/features/people/finding/walk.ts';
import { findingPolicy } from '../../src/features/people/policy.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { deriveHmac } from '../../src/platform/keys.ts';
import type { Db } from '../../src/platform/stores/db.ts';
import { createCursors } from '../../src/web/cursors.ts';

const anything: Filters = { learn: '', levels: [], country: '', interests: [], active: '', name: '' };
export const noQuery = { ...anything, after: '' };

/** The list of people without counting whom it shows, and its statement alone. */
export function barePeople(db: Db) {
  const store = createPeopleStore(db, () => chatActions.flatMap(({ ask }) => ask ?? []));
  const people = createPeople({
    store,
    looks: { count: async () => {}, fold: async () => {} },
    cursors: createCursors(deriveHmac('bench', 'cursors')),
  });
  return {
    async find(viewer: Viewer): Promise<PeoplePage> {
      const found = await people.find(viewer, noQuery);
      if (!found.ok) throw new Error(`${viewer.id} is nobody`);
      return found.value;
    },
    async ask(viewer: Viewer): Promise<void> {
      await store.look(viewer, beginWalk(viewer.id, viewer.now), anything, 'both', findingPolicy.page + 1);
    },
  };
}
