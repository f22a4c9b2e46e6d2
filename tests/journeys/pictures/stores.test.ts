import { describe, expect, test } from '@jest/globals';
import { rename, rm, writeFile } from 'node:fs/promises';
import { eventually } from '../../support/captured.ts';
import { type TestHouse, openTestHouse } from '../../support/house.ts';
import { jpegOf } from '../../support/pictures.ts';
import { openS3 } from '../../support/s3.ts';
import { picturesOf, settled, shownIn, upload } from '../../support/uploading.ts';
import { textOf, visitor } from '../../support/visitor.ts';

interface Ground {
  house: TestHouse;
  away: () => Promise<void>;
  back: () => Promise<void>;
  close: () => Promise<void>;
}
const retry = { retry: { tries: 10, backoff: 50 } };

const grounds: [string, () => Promise<Ground>][] = [
  [
    'a folder',
    async () => {
      const house = await openTestHouse({ replaced: retry });
      const { mediaDir } = house.stores;
      return {
        house,
        // As when a disk is not mounted: something else stands where the folder was.
        away: async () => {
          await rename(mediaDir, `${mediaDir}.away`);
          await writeFile(mediaDir, '');
        },
        back: async () => {
          await rm(mediaDir);
          await rename(`${mediaDir}.away`, mediaDir);
        },
        close: () => house.close(),
      };
    },
  ],
  [
    'an S3-compatible service',
    async () => {
      const s3 = await openS3();
      const { endpoint, bucket, region, accessKeyId, secretAccessKey } = s3.options;
      const env = {
        MEDIA_DIR: '',
        S3_ENDPOINT: endpoint,
        S3_BUCKET: bucket,
        S3_REGION: region,
        S3_ACCESS_KEY_ID: accessKeyId,
        S3_SECRET_ACCESS_KEY: secretAccessKey,
      };
      const house = await openTestHouse({ env, replaced: retry });
      return {
        house,
        away: () => s3.stop(),
        back: () => s3.start(),
        close: async () => {
          await house.close();
          await s3.close();
        },
      };
    },
  ],
];

describe.each(grounds)('pictures in %s', (_what, open) => {
  test('are sent, seen and removed; while it is away pages say so, and afterwards all goes on', async () => {
    const { house, away, back, close } = await open();
    try {
      const ann = visitor(house);
      const { username } = await ann.signUp();
      expect((await upload(ann, 'avatar', await jpegOf(300, 200))).status).toBe(303);
      await settled(house, username);
      const paths = shownIn((await ann.get('/profile')).html);
      for (const path of paths) expect((await ann.get(path)).status).toBe(200);

      await away();
      const refused = await upload(ann, 'photo', await jpegOf());
      expect([refused.status, refused.header('retry-after')]).toEqual([503, '5']);
      expect(textOf(refused.html)).toContain('Something on our side is down.');
      expect((await picturesOf(house, username)).filter((p) => p.state === 'processing')).toEqual([]);
      const picture = await ann.get(paths[0]!);
      expect([picture.status, picture.header('cache-control')]).toEqual([503, 'no-store']);
      expect((await ann.get('/profile')).status).toBe(200);
      const machine = visitor(house, { ip: '127.0.0.1' });
      const health = await machine.get('/health/ready');
      // It is told of; everything but pictures goes on without it.
      expect([health.status, JSON.parse(health.html)]).toEqual([
        200,
        expect.objectContaining({ media: 'down' }),
      ]);
      expect((await ann.get('/health/live')).status).toBe(200);
      // Its files cannot be deleted now, and nobody sees them all the same.
      expect((await ann.post('/settings/avatar/remove')).status).toBe(303);
      expect((await ann.get(paths[0]!)).status).toBe(404);

      await back();
      await eventually(
        async () => (await machine.get('/health/ready')).html.includes('"media":"ok"'),
        'the store',
      );
      expect((await upload(ann, 'photo', await jpegOf())).status).toBe(303);
      const [photo] = await eventually(async () => {
        const all = await picturesOf(house, username);
        return all.some((p) => p.state === 'ready') ? all.filter((p) => p.state === 'ready') : null;
      }, 'the photo');
      expect((await ann.get(`/media/${photo!.mediaKey}.photo-512.webp`)).status).toBe(200);
    } finally {
      await close();
    }
  });
});
