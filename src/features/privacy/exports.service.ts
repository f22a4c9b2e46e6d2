import { type Clock, later, seconds } from '../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../kernel/ids.ts';
import {
  done,
  type Outcome,
  type Refusal,
  refused,
  signedOut,
  type SignedOut,
} from '../../kernel/outcome.ts';
import { exportKey } from '../../platform/media/media-keys.ts';
import type { LargeMedia, MediaStore } from '../../platform/media/media-store.ts';
import type { Queue } from '../../platform/queue/queue.ts';
import type { Log } from '../../platform/watching/log.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import type { ClientInfo, SecurityEvents } from '../auth/index.ts';
import type { ExportStore } from './exports.store.ts';
import { exportPolicy } from './policy.ts';

/** Everything else is in the row. */
export interface ExportJob {
  exportId: string;
}

export interface Copies {
  making: boolean;
  failed: boolean;
  ready: { madeAt: Date; until: Date; bytes: number } | null;
  nextAt: Date | null; // null: now
}

type Asked = Outcome<undefined, SignedOut | Refusal<'too-often', { retryInMs: number }>>;

interface ExportsDeps {
  store: ExportStore;
  media: MediaStore;
  jobs: Queue<ExportJob>;
  events: SecurityEvents;
  clock: Clock;
  random: Random;
  log: Log;
}

/** Packing is the job's work (exports.jobs.ts). */
export function createExports({ store, media, jobs, events, clock, random, log }: ExportsDeps) {
  const of = async (viewer: Viewer): Promise<Copies> => {
    const now = clock.now();
    const copies = await store.of(viewer, now);
    const live = copies.filter((copy) => copy.expiresAt > now);
    const ready = live.find((copy) => copy.state === 'ready');
    const { window, max } = exportPolicy.perDay;
    const counted = copies.filter((c) => c.state !== 'failed' && c.createdAt > later(now, -window));
    const last = counted[max - 1];
    return {
      making: live.some((copy) => copy.state === 'queued'),
      failed: live[0]?.state === 'failed',
      ready: ready
        ? {
            madeAt: later(ready.expiresAt, -exportPolicy.lifetime),
            until: ready.expiresAt,
            bytes: ready.bytes ?? 0,
          }
        : null,
      nextAt: last ? later(last.createdAt, window) : null,
    };
  };

  return {
    of,

    /** While one is being packed, asking again changes nothing. */
    async ask(viewer: Viewer, client: ClientInfo): Promise<Asked> {
      const id = uuidv7(clock.now(), random);
      const asked = await store.ask(viewer, id, events.make('export_asked', viewer.id, client));
      // If the queue is away, the cleaning job hands it over.
      if (asked === 'asked')
        await jobs.add(`export-${id}`, { exportId: id }).catch((err: unknown) => {
          log.warn({ err }, 'a copy of data has to wait');
        });
      if (asked === 'signed-out') return signedOut;
      if (asked !== 'too-often') return done();
      const { nextAt } = await of(viewer);
      const retryInMs = nextAt ? nextAt.getTime() - clock.now().getTime() : seconds(1);
      return refused('too-often', { retryInMs });
    },

    async open(
      viewer: Viewer,
      ending: 'zip' | 'json',
    ): Promise<Outcome<{ file: LargeMedia; madeAt: Date }, 'not-there'>> {
      const copy = await store.ready(viewer, clock.now());
      const file = copy?.name ? await media.open(exportKey(copy.name, ending)) : null;
      if (!copy || !file) return refused('not-there');
      return done({ file, madeAt: later(copy.expiresAt, -exportPolicy.lifetime) });
    },
  };
}

export type Exports = ReturnType<typeof createExports>;
