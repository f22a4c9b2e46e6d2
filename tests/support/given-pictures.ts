import { randomBytes } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemRandom, uuidv7 } from '../../src/kernel/ids.ts';
import type { TestHouse } from './house.ts';
import { drawn, jpegOf } from './pictures.ts';
import { settled, upload } from './uploading.ts';
import { visitor } from './visitor.ts';

export interface PictureFiles {
  kind: string;
  /** Names of its variants in the media folder. */
  files: readonly string[];
}

export interface Given {
  /** Keys of all variants. */
  keys: string[];
  ids: string[];
}

const variants: Record<string, readonly string[]> = {
  avatar: ['avatar-64', 'avatar-256'],
  photo: ['photo-512', 'photo-1600'],
};

/** An avatar and a photo, made once for all who shall have some. `worker` makes them. */
export async function paint(house: TestHouse, worker: TestHouse = house): Promise<PictureFiles[]> {
  const painter = visitor(house);
  const { username } = await painter.signUp();
  await painter.get('/settings/photos');
  await upload(painter, 'avatar', await drawn(300, 300).jpeg().toBuffer());
  await upload(painter, 'photo', await jpegOf(20, 20), { alt: 'A hat' });
  const rows = await settled(worker, username);
  for (const { kind, state, refusal } of rows)
    if (state !== 'ready') throw new Error(`the ${kind} is ${state}: ${refusal}`);
  return rows.map(({ kind, mediaKey }) => ({
    kind,
    files: variants[kind]!.map((variant) => `${mediaKey}.${variant}.webp`),
  }));
}

/** Gives somebody pictures of these files, under names of their own. */
export async function give(
  { stores, clock }: TestHouse,
  userId: string,
  pictures: readonly PictureFiles[],
): Promise<Given> {
  const given: Given = { keys: [], ids: [] };
  for (const { kind, files } of pictures) {
    const [name, id] = [randomBytes(16).toString('base64url'), uuidv7(clock.now(), systemRandom)];
    for (const file of files) {
      const key = name + file.slice(file.indexOf('.'));
      await copyFile(join(stores.mediaDir, file), join(stores.mediaDir, key));
      given.keys.push(key);
    }
    await stores.sql(
      `INSERT INTO "Picture" ("id", "userId", "kind", "state", "mediaKey", "placeholder", "width", "height", "createdAt")
       VALUES ($1, $2, $3::"PictureKind", 'ready', $4, 'data:,', 300, 300, $5)`,
      [id, userId, kind, name, clock.now()],
    );
    given.ids.push(id);
  }
  return given;
}
