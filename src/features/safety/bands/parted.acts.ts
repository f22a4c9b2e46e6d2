import { z } from 'zod';
import { parseLocalPath } from '../../../kernel/local-path.ts';
import { message } from '../../../kernel/message.ts';
import { done } from '../../../kernel/outcome.ts';
import { act, noInput } from '../../../web/act.ts';
import { changesLimit } from '../../auth/index.ts';
import type { Parted } from './parted.service.ts';

export const partedPath = '/safety/parted';

export function partedActs(parted: Parted) {
  return {
    list: act({
      name: 'safety.parted',
      route: `GET ${partedPath}`,
      access: 'member',
      scope: 'people:read',
      input: noInput,
      output: z.object({
        items: z.array(z.object({ username: z.string(), displayName: z.string().nullable() })),
      }),
      refusals: {},
      run: async (viewer) => done(await parted.partedPartners(viewer)),
      answer: (items) => ({ items }),
    }),

    read: act({
      name: 'safety.partedRead',
      route: `POST ${partedPath}/read`,
      access: 'member',
      scope: 'people:write',
      input: {
        shape: { texts: ['username', 'next'] },
        schema: z.object({ username: z.string(), next: z.string().transform(parseLocalPath) }),
      },
      limits: [changesLimit],
      output: z.object({}),
      refusals: { nobody: 404 },
      run: (viewer, { username }) => parted.told(viewer, username),
      answer: () => ({}),
      tell: () => message('safety.nobody'),
    }),
  };
}

export type PartedActs = ReturnType<typeof partedActs>;
