import { done, type Outcome, refused } from '../../../kernel/outcome.ts';
import { usernameKeyOf } from '../../../kernel/username.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { PartedStore } from './parted.store.ts';

export type { PartedPartner } from './parted.store.ts';

export function createParted(store: PartedStore) {
  return {
    /** Partners whose band changed, as long as the viewer has not read so. */
    partedPartners: (viewer: Viewer) => store.untoldOf(viewer),

    told: async (viewer: Viewer, username: string): Promise<Outcome<undefined, 'nobody'>> =>
      (await store.tell(viewer, usernameKeyOf(username) ?? '')) ? done() : refused('nobody'),
  };
}

export type Parted = ReturnType<typeof createParted>;
