import { done, type Outcome, refused, signedOut, type SignedOut } from '../../../kernel/outcome.ts';
import { usernameKeyOf } from '../../../kernel/username.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Step } from './next-steps.ts';
import type { OwnProfile, PersonProfile, ProfileStore } from './profile.store.ts';

export type { Profile } from './profile.store.ts';

/** One statement each, which also asks for the session (decision 0042). */
export function createProfiles(store: ProfileStore) {
  return {
    async own(viewer: Viewer): Promise<Outcome<OwnProfile, SignedOut>> {
      const profile = await store.ofMember(viewer);
      return profile ? done(profile) : signedOut;
    },

    /** What one's own profile proposes no longer. */
    async dismiss(viewer: Viewer, step: Step): Promise<Outcome<undefined, SignedOut>> {
      return (await store.dismiss(viewer, step)) ? done() : signedOut;
    },

    /** `nobody`: hidden, leaving or unknown. */
    async of(viewer: Viewer, username: string): Promise<Outcome<PersonProfile, SignedOut | 'nobody'>> {
      // No username is empty, so the empty one finds nobody, and whether the session holds.
      const profile = await store.seenBy(usernameKeyOf(username) ?? '', viewer);
      if (!profile) return signedOut;
      return profile === 'nobody' ? refused('nobody') : done(profile);
    },
  };
}

export type Profiles = ReturnType<typeof createProfiles>;
