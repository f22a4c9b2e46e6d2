import { fileTypeFromBuffer } from 'file-type';
import type { PictureFault } from './picture-faults.ts';

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'heif';

export const pictureTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/heic',
  'image/heif',
] as const;

const formats: Record<string, PictureFormat> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
};
const faults: Record<string, PictureFault> = { 'image/apng': 'animated' };

/** By the bytes alone: a file's name and its declared type are guesses. */
export async function formatOf(bytes: Uint8Array): Promise<PictureFormat | { fault: PictureFault }> {
  if (isHeif(bytes)) return 'heif';
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? '';
  return formats[type] ?? { fault: faults[type] ?? (type.startsWith('image/') ? 'kind' : 'not-a-picture') };
}

/** Of stills and sequences (ISO/IEC 23008-12, 10 and annex B; AV1 Image File Format, 5). */
const brands = new Set(
  'mif1 mif2 miaf msf1 heic heix heim heis hevc hevx hevm hevs avif avio avis'.split(' '),
);

function isHeif(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 256));
  if (head.length < 16 || head.toString('latin1', 4, 8) !== 'ftyp') return false;
  const end = Math.min(head.readUInt32BE(0), head.length);
  for (let at = 8; at + 4 <= end; at += 4)
    // The second word is a version.
    if (at !== 12 && brands.has(head.toString('latin1', at, at + 4))) return true;
  return false;
}
