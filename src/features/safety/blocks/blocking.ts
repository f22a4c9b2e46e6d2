import type { RequestHandler } from 'express';
import type { Wake } from '../../../events/wake.ts';
import type { Random } from '../../../kernel/ids.ts';
import { blockedRoutes } from './blocked.routes.ts';
import { blockActs } from './blocks.acts.ts';
import { createBlocks } from './blocks.service.ts';
import type { BlockStore } from './blocks.store.ts';
import { createHiddenPeople } from './hidden-people.service.ts';
import type { HiddenPeopleStore } from './hidden-people.store.ts';
import { personRoutes } from './person.routes.ts';

interface BlockingDeps {
  blocks: BlockStore;
  hiddenPeople: HiddenPeopleStore;
  onBlocked: (userId: string, otherId: string) => Promise<unknown>;
  random: Random;
  wake: Wake;
  signedInOnly: RequestHandler[];
}

/** Whom a member doesn't want to meet, and whom they don't want to be suggested. */
export function createBlocking({ signedInOnly, ...deps }: BlockingDeps) {
  const blocks = createBlocks({ ...deps, store: deps.blocks });
  const acts = blockActs(blocks, createHiddenPeople(deps.hiddenPeople));
  return {
    blocks,
    acts: Object.values(acts),
    pages: [personRoutes({ blocks, acts, signedInOnly }), blockedRoutes({ blocks, acts, signedInOnly })],
  };
}
