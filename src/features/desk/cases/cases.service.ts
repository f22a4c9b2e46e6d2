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
  /** What was reported, and all that its person shows. `sealed`: null where it is not for them. */
  const withAll = async (
    act: keyof Removable,
    { now }: Viewer,
    caseId: string,
    sealed: Sealed | null,
  ): Promise<Outcome<undefined, 'changed'>> => {
    if (!sealed) return refused('changed');
    const { kind, thing, personId } = sealed;
    const all = reportable();
    const each = personId ? new Set([all.get(kind), all.get('person')]) : [];
    for (const one of each) await one?.[act]?.(thing, personId!, { id: caseId, at: now });
    return done();
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

    putBack: async (staff: Viewer, caseId: string): Promise<Outcome<undefined, 'changed'>> =>
      (await store.putBack(staff, caseId)) ? done() : refused('changed'),

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
    giveBack: async (staff: Viewer, caseId: string) =>
      withAll('restore', staff, caseId, await store.giveBack(staff, caseId)),

    /** With the pictures that everybody sees. */
    seal: async (staff: Viewer, caseId: string) =>
      withAll('remove', staff, caseId, await store.seal(staff, caseId)),
  };
}

export type Cases = ReturnType<typeof createCases>;
