import type { Clock } from '../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../kernel/ids.ts';
import {
  done,
  type Outcome,
  type Refusal,
  refused,
  signedOut,
  type SignedOut,
} from '../../kernel/outcome.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import type { PictureKind } from '../../platform/generated/prisma/enums.ts';
import { incomingKey, newMediaName } from '../../platform/media/media-keys.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import type { PictureFault } from '../../platform/pictures/picture-faults.ts';
import type { ImageProcessor } from '../../platform/pictures/image-processor.ts';
import type { Queue } from '../../platform/queue/queue.ts';
import type { PictureStore } from './pictures.store.ts';
import type { Direction, PictureJob } from './pictures.ts';

export interface PicturesDeps {
  store: PictureStore;
  media: MediaStore;
  imageProcessor: ImageProcessor;
  jobs: Queue<PictureJob>;
  clock: Clock;
  random: Random;
}

export interface Offered {
  kind: PictureKind;
  bytes: Buffer;
  alt: string;
}

export type Accepted = Outcome<
  { id: string },
  /** `full`: as many photos as one may have. */
  SignedOut | 'full' | Refusal<'unusable', { fault: PictureFault }>
>;

/** `not-there`: it is nobody's, or somebody else's. */
type PhotoOutcome = Outcome<undefined, 'not-there'>;

function foundOr(found: boolean): PhotoOutcome {
  return found ? done() : refused('not-there');
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** Takes pictures from their owners, and takes them away. Making them is the job's business (pictures.jobs.ts). */
export function createPictureService(deps: PicturesDeps) {
  const { store, media, imageProcessor, jobs, clock, random } = deps;
  // Whether it has to be made or its files have to go, the row says.
  const due = (id: string, what: 'make' | 'erase') => jobs.add(`${what}-${id}`, { pictureId: id });
  const erase = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) await due(id, 'erase');
  };
  /** Whether there was any. */
  const takeAway = async (viewer: Viewer, kind: PictureKind, id: string | null): Promise<boolean> => {
    const gone = await store.takeAway(viewer.id, kind, id);
    await erase(gone);
    return gone.length > 0;
  };

  return {
    /** What can be refused without decoding is refused here, and nothing of it kept. */
    async offer(viewer: Viewer, { kind, bytes, alt }: Offered): Promise<Accepted> {
      const fault = await imageProcessor.look(bytes);
      if (fault) return refused('unusable', { fault });

      const now = clock.now();
      const [id, name] = [uuidv7(now, random), newMediaName(random)];
      const incoming = incomingKey(name);
      const written = await store.begin(viewer, { id, kind, name, incoming, alt }, now);
      if (!written) return signedOut;
      if (!written.begun) return refused('full');
      try {
        await media.put(incoming, bytes);
        await due(id, 'make');
      } catch (err) {
        // The cleaning job looks for what may lie there.
        await store.takeAway(viewer.id, kind, id);
        throw err;
      }
      await erase(written.cleared);
      return done({ id });
    },

    /** Out of sight when this answers. */
    removeAvatar: async (viewer: Viewer) => done(await takeAway(viewer, 'avatar', null)),

    removePhoto: async (viewer: Viewer, id: string): Promise<PhotoOutcome> =>
      foundOr(isId(id) && (await takeAway(viewer, 'photo', id))),
    describe: async (viewer: Viewer, id: string, alt: string): Promise<PhotoOutcome> =>
      foundOr(isId(id) && (await store.describe(viewer.id, id, alt))),
    /** By one place. */
    move: async (viewer: Viewer, id: string, to: Direction): Promise<PhotoOutcome> =>
      foundOr(isId(id) && (await store.move(viewer.id, id, to === 'earlier' ? -1 : 1))),

    of: (viewer: Viewer) => store.ownedBy(viewer),

    async mayFetch(
      viewer: Viewer,
      name: string,
      kind: PictureKind,
    ): Promise<Outcome<undefined, SignedOut | 'not-there'>> {
      const shown = await store.mayShow(viewer, name, kind);
      return shown === null ? signedOut : foundOr(shown);
    },
  };
}

export type PictureService = ReturnType<typeof createPictureService>;
