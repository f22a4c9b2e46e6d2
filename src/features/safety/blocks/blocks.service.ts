import type { Wake } from '../../../events/wake.ts';
import { isUuid, type Random, uuidv7 } from '../../../kernel/ids.ts';
import { done, type Outcome, refused } from '../../../kernel/outcome.ts';
import { usernameKeyOf } from '../../../kernel/username.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { blockListPolicy } from '../policy.ts';
import type { Block, BlockStore, Person, Place } from './blocks.store.ts';

export interface BlockPage {
  items: Block[];
  next: Place | null; // null: the list ends here
}

interface BlocksDeps {
  store: BlockStore;
  /** Open pages of the two follow. */
  onBlocked: (userId: string, otherId: string) => Promise<unknown>;
  random: Random;
  wake: Wake;
}

/** `nobody` is whom the viewer may not see, whoever doesn't exist, and the viewer. */
export function createBlocks({ store, onBlocked, random, wake }: BlocksDeps) {
  const person = async (viewer: Viewer, username: string): Promise<Outcome<Person, 'nobody'>> => {
    const found = await store.person({ usernameKey: usernameKeyOf(username) ?? '', viewer });
    return found ? done(found) : refused('nobody');
  };

  /** By id, for whoever has another way to somebody than their page: a conversation, a report. */
  const block = async (viewer: Viewer, otherId: string): Promise<Outcome<{ id: string }, 'nobody'>> => {
    const made = await store.block(viewer, otherId, uuidv7(viewer.now, random));
    if (!made) return refused('nobody');
    if (made.isNew) await Promise.all([onBlocked(viewer.id, otherId), wake()]);
    return done({ id: made.id });
  };

  return {
    person,
    block,

    async blockByName(viewer: Viewer, username: string) {
      const found = await person(viewer, username);
      if (!found.ok) return found;
      const made = await block(viewer, found.value.id);
      return made.ok ? done({ id: made.value.id, username: found.value.username }) : made;
    },

    async list(viewer: Viewer, after: Place | null): Promise<BlockPage> {
      const { most } = blockListPolicy;
      const found = await store.list(viewer, most + 1, after);
      const items = found.slice(0, most);
      return { items, next: found.length > most ? items.at(-1)! : null };
    },

    async of(viewer: Viewer, id: string): Promise<Outcome<Block, 'nobody'>> {
      const found = isUuid(id) ? await store.of(viewer, id) : null;
      return found ? done(found) : refused('nobody');
    },

    /** Restores sight, and nothing else: whoever were partners say hello again. */
    async unblock(viewer: Viewer, id: string): Promise<Outcome<{ username: string }, 'nobody'>> {
      const gone = isUuid(id) ? await store.unblock(viewer, id) : null;
      return gone ? done(gone) : refused('nobody');
    },
  };
}

export type Blocks = ReturnType<typeof createBlocks>;
