import { fileTypeFromBuffer } from 'file-type';
import type { PictureFault } from './picture-faults.ts';

export type PictureKind = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic';

/** The media types that are taken, for `accept` of a file field. */
export const pictureTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/heic',
  'image/heif',
] as const;

const kinds: Record<string, PictureKind> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/heic': 'heic',
};
const faults: Record<string, PictureFault> = {
  'image/apng': 'animated',
  'image/heic-sequence': 'animated',
  'image/heif-sequence': 'animated',
};

/** What old browsers and other systems call the same things. */
const otherNames: Record<string, string> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/x-png': 'image/png',
  'image/apng': 'image/png',
  'image/heif': 'image/heic',
};

/**
 * What the first bytes say, whatever the file is called. `declared` is the type that came with the upload: one that
 * claims another kind of picture is a lie; none, or one that claims nothing ("application/octet-stream"), is not.
 */
export const kindOf = async (
  bytes: Uint8Array,
  declared: string | undefined,
): Promise<PictureKind | { fault: PictureFault }> => {
  const found = (await fileTypeFromBuffer(bytes))?.mime ?? '';
  const type = found === 'image/heif' ? (saysAvif(bytes) ? 'image/avif' : 'image/heic') : found;
  const kind = kinds[type];
  if (!kind) return { fault: faults[type] ?? (type.startsWith('image/') ? 'kind' : 'not-a-picture') };
  const claimed = claims(declared);
  return claimed === null || claimed === type ? kind : { fault: 'mislabelled' };
};

/** The media type without its parameters, or null when it claims nothing. */
const claims = (declared = ''): string | null => {
  const type = declared.split(';', 1)[0]!.trim().toLowerCase();
  if (type === '' || type === 'application/octet-stream') return null;
  return otherNames[type] ?? type;
};

/** HEIF's general brand "mif1" stands before AV1 as well as HEVC: the list of brands after it tells which. */
const saysAvif = (bytes: Uint8Array): boolean => {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 256));
  return head.subarray(16, head.readUInt32BE(0)).toString('latin1').includes('avif');
};
