import type { Feature } from '../../web/feature.ts';
import type { HeldHelloStore } from './reporting/held-hellos.store.ts';

export interface ChatFeature extends Feature {
  /** First hellos that wait for the desk. */
  heldHellos: HeldHelloStore;
  /** Open pages of others follow: somebody has become nobody to everybody. */
  over: (userId: string) => Promise<void>;
}
