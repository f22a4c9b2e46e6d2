import { expect, test } from '@jest/globals';
import { askCopy, fetchJson, fetchZip, packed, packedFor } from '../../support/copies.ts';
import { openTestHouse } from '../../support/house.ts';
import { member } from '../../support/leaving.ts';
import { jpegOf } from '../../support/pictures.ts';
import { openS3 } from '../../support/s3.ts';
import { settled, upload } from '../../support/uploading.ts';

test('in an S3-compatible service it is the same', async () => {
  const s3 = await openS3();
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = s3.options;
  const there = await openTestHouse({
    env: {
      MEDIA_DIR: '',
      S3_ENDPOINT: endpoint,
      S3_BUCKET: bucket,
      S3_REGION: region,
      S3_ACCESS_KEY_ID: accessKeyId,
      S3_SECRET_ACCESS_KEY: secretAccessKey,
    },
    replaced: { deliveryRetry: { tries: 1, backoff: 10 } },
  });
  try {
    const { ann, username } = await member(there);
    await upload(ann, 'avatar', await jpegOf());
    await settled(there, username);
    await packedFor(there, ann, username);
    const zip = await fetchZip(there, ann);
    expect(JSON.parse(String(zip.get('chatlink.json')))).toEqual(await fetchJson(ann));

    await s3.stop();
    const away = await ann.get('/settings/account/export.zip');
    expect([away.status, away.header('content-disposition')]).toEqual([503, undefined]);
    expect((await ann.get('/settings/account')).status).toBe(200);
    there.clock.pass(1);
    await askCopy(ann);
    expect((await packed(there, username)).at(-1)).toMatchObject({ state: 'failed' });
    await s3.start();
    // Copies of one moment have no order among them.
    there.clock.pass(1);
    await packedFor(there, ann, username);
  } finally {
    await there.close();
    await s3.close();
  }
});
