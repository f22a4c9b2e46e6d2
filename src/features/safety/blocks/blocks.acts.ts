import { z } from 'zod';
import { message } from '../../../kernel/message.ts';
import { done } from '../../../kernel/outcome.ts';
import { act } from '../../../web/act.ts';
import { changesLimit } from '../../auth/index.ts';
import {
  BlockForm,
  blockShape,
  ListForm,
  listShape,
  PersonForm,
  personShape,
  writePlace,
} from './blocks.forms.ts';
import type { Blocks } from './blocks.service.ts';
import type { HiddenPeople } from './hidden-people.service.ts';

const change = { access: 'member', scope: 'people:write', limits: [changesLimit] } as const;
const ofPerson = {
  ...change,
  input: { shape: personShape, schema: PersonForm },
  refusals: { nobody: 404 },
  tell: () => message('safety.nobody'),
} as const;
const nothing = { output: z.object({}), answer: () => ({}) } as const;

export function blockActs(blocks: Blocks, hiddenPeople: HiddenPeople) {
  return {
    block: act({
      ...ofPerson,
      name: 'people.block',
      route: 'POST /people/:username/block',
      /** Takes the block back: `/settings/blocked/:id/unblock`. */
      output: z.object({ id: z.uuid() }),
      run: (viewer, { username }) => blocks.blockByName(viewer, username),
      answer: ({ id }) => ({ id }),
    }),

    hide: act({
      ...ofPerson,
      ...nothing,
      name: 'people.hide',
      route: 'POST /people/:username/hide',
      run: (viewer, { username }) => hiddenPeople.hide(viewer, username),
    }),

    unhide: act({
      ...ofPerson,
      ...nothing,
      name: 'people.unhide',
      route: 'POST /people/:username/unhide',
      run: (viewer, { username }) => hiddenPeople.unhide(viewer, username),
    }),

    list: act({
      name: 'blocks.list',
      route: 'GET /settings/blocked',
      access: 'member',
      scope: 'people:read',
      input: { shape: listShape, schema: ListForm },
      output: z.object({
        items: z.array(z.object({ id: z.uuid(), username: z.string(), at: z.iso.datetime() })),
        next: z.string().nullable(),
      }),
      refusals: {},
      run: async (viewer, { after }) => done(await blocks.list(viewer, after)),
      answer: ({ items, next }) => ({
        items: items.map(({ id, username, at }) => ({ id, username, at: at.toISOString() })),
        next: next && writePlace(next),
      }),
    }),

    unblock: act({
      ...change,
      ...nothing,
      name: 'blocks.unblock',
      route: 'POST /settings/blocked/:id/unblock',
      input: { shape: blockShape, schema: BlockForm },
      refusals: { nobody: 404 },
      run: (viewer, { id }) => blocks.unblock(viewer, id),
      tell: () => message('safety.blocked.notBlocked'),
    }),
  };
}

export type BlockActs = ReturnType<typeof blockActs>;
