import { done, type Outcome, refused } from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Media, MediaStore } from '../../../platform/media/media-store.ts';
import type { CaseStore } from './cases.store.ts';
import type { DeskCase, Filter, QueueRow } from './cases.ts';

interface CasesDeps {
  store: CaseStore;
  media: Pick<MediaStore, 'get'>;
}

/** What moderators look at and take. Every look is written down by the statement that looks. */
export function createCases({ store, media }: CasesDeps) {
  return {
    queue: async (staff: Viewer, filter: Filter): Promise<Outcome<QueueRow[]>> =>
      done(await store.queue(staff, filter)),

    async takeNext(staff: Viewer): Promise<Outcome<string, 'none'>> {
      const id = await store.takeNext(staff);
      return id === null ? refused('none') : done(id);
    },

    take: async (staff: Viewer, caseId: string): Promise<Outcome<undefined, 'changed'>> =>
      (await store.take(staff, caseId)) ? done() : refused('changed'),

    async read(staff: Viewer, caseId: string): Promise<Outcome<DeskCase, 'none'>> {
      const found = await store.read(staff, caseId);
      return found ? done(found) : refused('none');
    },

    /** A copy that was made for a report. */
    async picture(
      staff: Viewer,
      caseId: string,
      reportId: string,
      place: number,
    ): Promise<Outcome<Media, 'none'>> {
      const key = await store.pictureKey(staff, caseId, reportId, place);
      const file = key === null ? null : await media.get(key);
      return file ? done(file) : refused('none');
    },

    seal: async (staff: Viewer, caseId: string): Promise<Outcome<undefined, 'changed'>> =>
      (await store.seal(staff, caseId)) ? done() : refused('changed'),
  };
}

export type Cases = ReturnType<typeof createCases>;
