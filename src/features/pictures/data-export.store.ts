import type { Db } from '../../platform/stores/db.ts';
import { largestKey } from './pictures.ts';

export interface ExportedFile {
  path: string;
  key: string;
}

export async function exportedPictures(db: Db, userId: string) {
  const rows = await db.picture.findMany({
    where: { userId },
    orderBy: [{ kind: 'asc' }, { position: 'asc' }, { id: 'asc' }],
  });
  const files: ExportedFile[] = [];
  const pictures = rows.map(({ mediaKey: name, ...row }, n) => {
    const { kind, state, refusal, alt, position, width, height, createdAt } = row;
    const picture = { kind, state, refusal, alt, position, width, height, createdAt };
    if (picture.state !== 'ready') return { ...picture, file: null };
    const path = `pictures/${n + 1}-${picture.kind}.webp`;
    files.push({ path, key: largestKey({ name, kind: picture.kind }) });
    return { ...picture, file: path };
  });
  return { pictures, files };
}
