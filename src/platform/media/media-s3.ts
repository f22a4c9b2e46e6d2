import { mediaTypeOf } from './media-keys.ts';
import { createS3Pieces } from './media-s3-pieces.ts';
import { type Media, MediaAway, type MediaStore, typeToPut } from './media-store.ts';

export interface S3Options {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  timeout?: number; // milliseconds for one call, with its retry and its body
}

interface S3Error extends Error {
  $metadata?: { httpStatusCode?: number };
}

const TIMEOUT = 5_000;
const CONNECT_TIMEOUT = 2_000;

/** No answer, 5xx and 429 mean that S3 is away; any other answer, that one of our settings is wrong. */
function told(err: unknown, bucket: string): Error {
  const { $metadata, name } = err as S3Error;
  const status = $metadata?.httpStatusCode ?? 0;
  if (status === 0 || status >= 500 || status === 429) return new MediaAway(err);
  if (name === 'NoSuchBucket') return new Error(`S3 has no bucket "${bucket}"`, { cause: err });
  if (status === 401 || status === 403)
    return new Error(`S3 refuses our keys for bucket "${bucket}": ${name}`, { cause: err });
  return new Error(`S3 failed for bucket "${bucket}": ${status} ${name}`, { cause: err });
}

/** By path, since few compatible services have a host name per bucket. Without s3:ListBucket AWS says 403 for 404. */
export function createS3Store(options: S3Options): MediaStore {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey, timeout = TIMEOUT } = options;

  const connect = async () => {
    const sdk = await import('@aws-sdk/client-s3');
    const client = new sdk.S3Client({
      endpoint,
      region,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle: true,
      maxAttempts: 2,
      requestHandler: {
        connectionTimeout: CONNECT_TIMEOUT,
        requestTimeout: timeout,
        throwOnRequestTimeout: true,
      },
      // Many compatible services don't know the newer checksums; the signature covers the body anyway.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    return { ...sdk, client };
  };
  let connected: ReturnType<typeof connect> | undefined;
  const s3 = () => (connected ??= connect());

  const ask = async <T>(work: (abortSignal: AbortSignal) => Promise<T>): Promise<T> => {
    const signal = AbortSignal.timeout(timeout);
    const late = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
    );
    try {
      return await Promise.race([work(signal), late]);
    } catch (err) {
      throw told(err, bucket);
    }
  };

  const get = async (key: string): Promise<Media | null> => {
    const type = mediaTypeOf(key);
    if (!type) return null;
    const { client, GetObjectCommand, NoSuchKey } = await s3();
    return ask(async (abortSignal) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
          abortSignal,
        });
        return { bytes: Buffer.from((await Body?.transformToByteArray()) ?? []), type };
      } catch (err) {
        if (err instanceof NoSuchKey) return null;
        throw err;
      }
    });
  };

  return {
    put: async (key, bytes) => {
      const ContentType = typeToPut(key);
      const { client, PutObjectCommand } = await s3();
      const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ContentType });
      await ask((abortSignal) => client.send(command, { abortSignal }));
    },

    get,

    ...createS3Pieces({ bucket, s3, ask }),

    delete: async (key) => {
      if (!mediaTypeOf(key)) return;
      const { client, DeleteObjectCommand } = await s3();
      await ask((abortSignal) =>
        client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), { abortSignal }),
      );
    },

    // Reads a key that nobody has: that proves the network, our keys and the bucket.
    check: async () => {
      await get(`${'-'.repeat(22)}.check.webp`);
    },

    close: () => {
      connected?.then(({ client }) => client.destroy()).catch(() => {});
    },
  };
}
