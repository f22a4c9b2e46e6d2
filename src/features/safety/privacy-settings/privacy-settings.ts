import type { RequestHandler } from 'express';
import type { Wake } from '../../../events/wake.ts';
import { privacySettingsActs } from './privacy-settings.acts.ts';
import { privacySettingsRoutes } from './privacy-settings.routes.ts';
import { createPrivacySettings } from './privacy-settings.service.ts';
import type { PrivacySettingsStore } from './privacy-settings.store.ts';

export function createPrivacySettingsPage(
  store: PrivacySettingsStore,
  wake: Wake,
  signedInOnly: RequestHandler[],
) {
  const acts = privacySettingsActs(createPrivacySettings(store, wake));
  return { acts: Object.values(acts), page: privacySettingsRoutes(acts, signedInOnly) };
}
