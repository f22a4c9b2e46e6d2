import type { Clock } from '../../kernel/clock.ts';
import { type Random, nobodysId } from '../../kernel/ids.ts';
import { message } from '../../kernel/message.ts';
import { exportKey, newMediaName } from '../../platform/media/media-keys.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import type { Queue } from '../../platform/queue/queue.ts';
import type { JobHandler } from '../../platform/queue/worker.ts';
import type { Log } from '../../platform/watching/log.ts';
import { type ZipEntry, zipOf } from '../../platform/zip.ts';
import type { DataExport, Exporter } from '../../web/feature.ts';
import type { Catalogues } from '../../web/words/catalogues.ts';
import { readmeOf } from './exports.readme.ts';
import type { ExportJob } from './exports.service.ts';
import type { BegunCopy, Copy, ExportStore } from './exports.store.ts';
import { exportPolicy } from './policy.ts';

interface ExportJobsDeps {
  store: ExportStore;
  media: MediaStore;
  keptByAll: () => { exporters: readonly Exporter[] };
  jobs: Queue<ExportJob>;
  catalogues: Pick<Catalogues, 'wordsIn'>;
  clock: Clock;
  random: Random;
  log: Log;
}

/** Every step may be repeated after a crash. */
export function createExportJobs(deps: ExportJobsDeps) {
  const { store, media, keptByAll, jobs, catalogues, clock, random, log } = deps;

  const eraseFiles = async ({ name }: Pick<Copy, 'name'>): Promise<void> => {
    if (!name) return;
    await media.delete(exportKey(name, 'zip'));
    await media.delete(exportKey(name, 'json'));
  };

  const exportOf: Exporter = async (userId) => {
    const copies = await store.allOf(userId);
    const copiesOfData = copies.map(({ state, bytes, createdAt, expiresAt }) => ({
      askedAt: createdAt,
      state,
      bytes,
      expiresAt,
    }));
    const explained = { copiesOfData: message('privacy.export.copiesOfData') };
    return { sections: { copiesOfData }, explained };
  };

  const pack = async (copy: BegunCopy): Promise<number> => {
    const madeAt = clock.now();
    const parts = await Promise.all(keptByAll().exporters.map((exporter) => exporter(copy.userId)));
    const sections = Object.assign({}, ...parts.map((part) => part.sections)) as DataExport['sections'];
    let json = Buffer.alloc(0);
    const entries = async function* (): AsyncIterable<ZipEntry> {
      // Removed while we packed.
      const missing: string[] = [];
      for (const { path, key } of parts.flatMap(({ files = [] }) => files)) {
        const file = await media.get(key);
        if (file) yield { name: path, bytes: file.bytes, compress: false };
        else missing.push(path);
      }
      json = Buffer.from(JSON.stringify({ madeAt, ...sections, missingFiles: missing }, null, 2));
      yield { name: 'chatlink.json', bytes: json, compress: true };
      yield {
        name: 'README.txt',
        bytes: Buffer.from(readmeOf(madeAt, parts, catalogues.wordsIn(copy.locale))),
        compress: true,
      };
    };
    const bytes = await media.putPieces(exportKey(copy.name, 'zip'), zipOf(entries(), madeAt));
    await media.put(exportKey(copy.name, 'json'), json);
    return bytes;
  };

  const handler: JobHandler<ExportJob> = {
    async run({ exportId }) {
      const copy = await store.begin(exportId, newMediaName(random), clock.now());
      if (!copy) return;
      await store.finish(exportId, await pack(copy), clock.now());
      // The person has gone, and the row too.
      if (!(await store.isThere(exportId))) await eraseFiles(copy);
    },
    givenUp: ({ exportId }) => store.fail(exportId, clock.now()),
  };

  return {
    handler,
    exportOf,

    /** Expired copies, files first; also hands over again what a queue has lost. */
    sweep: async (): Promise<void> => {
      const now = clock.now();
      for (let after = nobodysId; ; ) {
        const expired = await store.expired(now, after);
        for (const copy of expired) {
          after = copy.id;
          await eraseFiles(copy)
            .then(() => store.forget(copy.id, now))
            .catch((err: unknown) => log.warn({ err }, 'a copy of data could not be deleted yet'));
        }
        if (expired.length === 0) break;
      }
      // A name for each stretch: the queue doesn't take the name of a finished job again.
      const stretch = Math.floor(now.getTime() / exportPolicy.overdue);
      for (const id of await store.overdue(now)) await jobs.add(`export-${id}-${stretch}`, { exportId: id });
    },

    /** The rows go with the person. */
    eraseFilesOf: async (userId: string): Promise<void> => {
      for (const copy of await store.allOf(userId)) await eraseFiles(copy);
    },
  };
}
