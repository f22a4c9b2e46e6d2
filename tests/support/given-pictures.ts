import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemRandom, uuidv7 } from '../../src/kernel/ids.ts';
import type { TestHouse } from './house.ts';
import { drawn } from './pictures.ts';

export interface Given {
  /** Keys of all variants. */
  keys: string[];
  ids: string[];
}

const variants: Record<string, readonly string[]> = {
  avatar: ['avatar-64', 'avatar-256'],
  photo: ['photo-512', 'photo-1600'],
};

/** Gives somebody an avatar and a photo, put in by hand: whose test is about who sees them need not wait until they are made. */
export async function give({ stores, clock }: TestHouse, userId: string): Promise<Given> {
  const given: Given = { keys: [], ids: [] };
  const bytes = await drawn(8, 8).webp().toBuffer();
  await mkdir(stores.mediaDir, { recursive: true });
  for (const [kind, sizes] of Object.entries(variants)) {
    const [name, id] = [randomBytes(16).toString('base64url'), uuidv7(clock.now(), systemRandom)];
    for (const size of sizes) {
      const key = `${name}.${size}.webp`;
      await writeFile(join(stores.mediaDir, key), bytes);
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
