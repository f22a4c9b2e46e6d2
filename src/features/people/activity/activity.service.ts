import type { Viewer } from '../../../kernel/viewer.ts';
import { utcOffset, zoneOfCountry } from '../../../kernel/time-zones.ts';
import type { ActivityStore } from './activity.store.ts';

/** That a viewer is here, by their clock. */
export function createActivity(store: ActivityStore) {
  return {
    async note(viewer: Viewer): Promise<void> {
      const place = await store.placeOf(viewer);
      if (!place) return;
      await store.note(viewer, utcOffset(place.timeZone ?? zoneOfCountry(place.country), viewer.now));
    },
  };
}

export type Activity = ReturnType<typeof createActivity>;
