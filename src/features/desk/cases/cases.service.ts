import { done, type Outcome, refused } from '../../../kernel/outcome.ts';
import { parseUsername } from '../../../kernel/username.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Media, MediaStore } from '../../../platform/media/media-store.ts';
import type { Reportable } from '../../../web/reportable.ts';
import type { NamingStore } from './naming.store.ts';
import type { CaseStore } from './cases.store.ts';
import type { DeskCase, Filter, QueuePart, Sealed } from './cases.ts';

interface CasesDeps {
  store: CaseStore;
  naming: NamingStore;
  /** Has evidence frozen. */
  filed: (reportId: string) => Promise<void>;
  media: Pick<MediaStore, 'get'>;
  reportable: () => ReadonlyMap<string, Removable>;
}
type Removable = Pick<Reportable, 'remove' | 'restore'>;

/** What moderators look at and take. Every look is written down by the statement that looks. */
export function createCases({ store, naming, filed, media, reportable }: CasesDeps) {
  /** Of what was reported, and of all that its person shows. */
  const eachOf = async (
    { kind, personId }: Sealed,
    work: (one: Removable, personId: string) => Promise<void> | undefined,
  ): Promise<void> => {
    const all = reportable();
    if (!personId) return;
    for (const one of new Set([all.get(kind), all.get('person')])) if (one) await work(one, personId);
  };
  return {
    queue: async (staff: Viewer, filter: Filter): Promise<Outcome<QueuePart>> =>
      done(await store.queue(staff, filter)),

    async takeNext(staff: Viewer): Promise<Outcome<string, 'none'>> {
      const id = await store.takeNext(staff);
      return id === null ? refused('none') : done(id);
    },

    take: async (staff: Viewer, caseId: string): Promise<Outcome<undefined, 'changed'>> =>
      (await store.take(staff, caseId)) ? done() : refused('changed'),

    /** `part` of its reports, from 1. */
    async read(staff: Viewer, caseId: string, part: number): Promise<Outcome<DeskCase, 'none'>> {
      const found = await store.read(staff, caseId, part);
      return found ? done(found) : refused('none');
    },

    /** Whom a visitor, or the site itself, knew by no account. */
    async name(
      staff: Viewer,
      caseId: string,
      username: string,
    ): Promise<Outcome<undefined, 'nobody' | 'staff'>> {
      const parsed = parseUsername(username);
      if (!('key' in parsed)) return refused('nobody');
      const { isStaff, reports } = await naming.name(staff, caseId, parsed.key);
      for (const id of reports) await filed(id);
      return reports.length > 0 ? done() : refused(isStaff ? 'staff' : 'nobody');
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

    /** What a seal took away that is off by now. */
    async giveBack(staff: Viewer, caseId: string): Promise<Outcome<undefined, 'changed'>> {
      const given = await store.giveBack(staff, caseId);
      if (!given) return refused('changed');
      await eachOf(given, (one, personId) =>
        one.restore?.(given.thing, personId, { id: caseId, at: staff.now }),
      );
      return done();
    },

    /** With the pictures that everybody sees. */
    async seal(staff: Viewer, caseId: string): Promise<Outcome<undefined, 'changed'>> {
      const sealed = await store.seal(staff, caseId);
      if (!sealed) return refused('changed');
      await eachOf(sealed, (one, personId) =>
        one.remove?.(sealed.thing, personId, { id: caseId, at: staff.now }),
      );
      return done();
    },
  };
}

export type Cases = ReturnType<typeof createCases>;
