import { mediaTypeOf } from './media-keys.ts';
import { createS3Pieces } from './media-s3-pieces.ts';
import { type Media, MediaAway, type MediaStore, typeToPut } from './media-store.ts';

export interface S3Options {
  /** "https://s3.eu-central-1.amazonaws.com", or any service that speaks the same. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Milliseconds for one call with its retry, body and all. */
  timeout?: number;
}

interface S3Error extends Error {
  $metadata?: { httpStatusCode?: number };
}

/** As with Postgres and Redis: a page would rather hear 503 than stand in line. */
const TIMEOUT = 5_000;
const CONNECT_TIMEOUT = 2_000;

/**
 * What went wrong, in words for whoever runs the site. No answer at all (refused, broken, too slow), a service in
 * trouble or a plea to slow down mean that it is away; any other answer means that a setting of ours is wrong.
 */
function told(err: unknown, bucket: string): Error {
  const { $metadata, name } = err as S3Error;
  const status = $metadata?.httpStatusCode ?? 0;
  if (status === 0 || status >= 500 || status === 429) return new MediaAway(err);
  if (name === 'NoSuchBucket') return new Error(`S3 has no bucket "${bucket}"`, { cause: err });
  if (status === 401 || status === 403)
    return new Error(`S3 refuses our keys for bucket "${bucket}": ${name}`, { cause: err });
  return new Error(`S3 failed for bucket "${bucket}": ${status} ${name}`, { cause: err });
}

/**
 * Pictures in a bucket of an S3-compatible service, addressed by path, since few of them have a host name a bucket.
 * The keys need s3:ListBucket too: without it AWS answers 403 for what is not there. The SDK is large, so it is
 * loaded at first use.
 */
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
      // Their newer checksums are unknown to many compatible services; the signature covers the body anyway.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    return { ...sdk, client };
  };
  let connected: ReturnType<typeof connect> | undefined;
  const s3 = () => (connected ??= connect());

  /** One call, ended after `timeout` wherever it stands: waiting for a place, an answer or the rest of a body. */
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

    // Asks for what nobody has: proves the network, the keys and the bucket by the very call that pages need.
    check: async () => {
      await get(`${'-'.repeat(22)}.check.webp`);
    },

    close: () => {
      connected?.then(({ client }) => client.destroy()).catch(() => {});
    },
  };
}
