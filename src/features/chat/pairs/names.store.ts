import type { Viewer } from '../../../kernel/viewer.ts';
import type { Db } from '../../../platform/stores/db.ts';
import { visibleTo } from '../../safety/index.ts';
import type { Place } from './pair.store.ts';

export function createNamesStore(db: Db) {
  return {
    /** What the viewer is called, and the other if the viewer may see them: asking by a name tells of nobody. */
    async of(viewer: Viewer, { usernameKey }: Place): Promise<string[]> {
      const rows = await db.rows<{ names: string[] }>`
      SELECT array_remove(ARRAY[u."username", u."displayName"], NULL) AS "names" FROM "User" u
      WHERE u."id" = ${viewer.id}::uuid OR (u."usernameKey" = ${usernameKey} AND ${visibleTo(viewer)})`;
      return rows.flatMap(({ names }) => names);
    },
  };
}

export type NamesStore = ReturnType<typeof createNamesStore>;
