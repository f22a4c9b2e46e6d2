import type { Wake } from '../../../events/wake.ts';
import { type AgeBand, isMinor } from '../../../kernel/age-band.ts';
import { done, type Outcome, type SignedOut, signedOut } from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { ChoicesWrite, PrivacyChoices, PrivacySettingsStore } from './privacy-settings.store.ts';

export interface PrivacySettings extends PrivacyChoices {
  isMinor: boolean;
}

export function createPrivacySettings(store: PrivacySettingsStore, wake: Wake) {
  return {
    async of(viewer: Viewer): Promise<Outcome<PrivacySettings, SignedOut>> {
      const found = await store.of(viewer);
      if (!found) return signedOut;
      const { band, ...choices }: PrivacyChoices & { band: AgeBand } = found;
      return done({ ...choices, isMinor: isMinor(band) });
    },

    async save(viewer: Viewer, choices: ChoicesWrite): Promise<Outcome<undefined, SignedOut>> {
      if (!(await store.save(viewer, choices))) return signedOut;
      if (choices.presence !== null) await wake();
      return done();
    },
  };
}

export type PrivacySettingsService = ReturnType<typeof createPrivacySettings>;
