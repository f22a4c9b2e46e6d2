import { type AppError, unavailable } from '../../kernel/errors.ts';
import type { Message } from '../../kernel/message.ts';

export interface UploadRoom {
  grow(bytes: number): Promise<void> | null; // null: there is room; else resolves when there is
  isCrowded(): boolean; // somebody waits for room, or most places are taken
  full(): AppError;
}

export interface UploadMemory {
  /** Until the work is done. Throws AppError 503 when too many are under way. */
  hold<T>(work: (room: UploadRoom) => Promise<T>): Promise<T>;
  load(): { running: number; waiting: number };
}

/** `room`: bytes of all together. `open`: uploads at once. */
export interface UploadMemoryRules {
  room: number;
  open: number;
}

/** Memory taken as bytes come. The oldest upload always gets some, so that they never all wait for each other. */
export function createUploadMemory({ room, open }: UploadMemoryRules, sorry: Message): UploadMemory {
  const uploads: { bytes: number }[] = [];
  const line: { upload: { bytes: number }; bytes: number; begin: () => void }[] = [];
  let taken = 0;
  const full = (): AppError => unavailable(sorry, 5);

  const give = (upload: { bytes: number }, bytes: number): void => {
    upload.bytes += bytes;
    taken += bytes;
  };
  const fits = (upload: { bytes: number }, bytes: number): boolean =>
    upload === uploads[0] || taken + bytes <= room;
  /** The oldest first, then by waiting time. */
  const serve = (): void => {
    const oldest = line.find(({ upload }) => upload === uploads[0]);
    const inOrder = oldest ? [oldest, ...line.filter((waiting) => waiting !== oldest)] : [...line];
    for (const waiting of inOrder) {
      if (!fits(waiting.upload, waiting.bytes)) return;
      line.splice(line.indexOf(waiting), 1);
      give(waiting.upload, waiting.bytes);
      waiting.begin();
    }
  };

  return {
    async hold(work) {
      if (uploads.length >= open) throw full();
      const upload = { bytes: 0 };
      uploads.push(upload);
      const grow: UploadRoom['grow'] = (bytes) => {
        if (fits(upload, bytes) && (line.length === 0 || upload === uploads[0])) {
          give(upload, bytes);
          return null;
        }
        return new Promise<void>((begin) => line.push({ upload, bytes, begin }));
      };
      try {
        return await work({ grow, isCrowded: () => line.length > 0 || uploads.length > open / 2, full });
      } finally {
        uploads.splice(uploads.indexOf(upload), 1);
        const left = line.findIndex((waiting) => waiting.upload === upload);
        if (left >= 0) line.splice(left, 1);
        taken -= upload.bytes;
        serve();
      }
    },
    load: () => ({ running: uploads.length - line.length, waiting: line.length }),
  };
}
