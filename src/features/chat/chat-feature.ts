import type { Wake } from '../../events/wake.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { Live } from '../../live/live.ts';
import type { Bucket, BucketRule } from '../../platform/limits/bucket.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { Heartbeats } from '../../platform/stores/heartbeats.ts';
import type { Log } from '../../platform/watching/log.ts';
import type { Feature } from '../../web/feature.ts';
import type { AuthFeature } from '../auth/index.ts';
import type { SafetyFeature } from '../safety/index.ts';
import type { HeldHelloStore } from './reporting/held-hellos.store.ts';

export interface ChatDeps {
  db: Db;
  clock: Clock;
  random: Random;
  wake: Wake;
  /** The site's; keys of cursors and of first words are derived from it. */
  secret: string;
  openBucket: (name: string, rule: BucketRule) => Bucket;
  live: Live;
  openHeartbeats: (name: string) => Heartbeats;
  isDown: (err: unknown) => boolean;
  log: Log;
  auth: Pick<AuthFeature, 'clients'>;
  safety: Pick<SafetyFeature, 'parted'>;
}

export interface ChatFeature extends Feature {
  /** First hellos that wait for the desk. */
  heldHellos: HeldHelloStore;
  /** Open pages of others follow: somebody has become nobody to everybody. */
  over: (userId: string) => Promise<void>;
}
