import type { S3Client } from '@aws-sdk/client-s3';
import { mediaTypeOf } from './media-keys.ts';
import { type MediaStore, typeToPut } from './media-store.ts';

type Sdk = typeof import('@aws-sdk/client-s3');

export interface S3Access {
  bucket: string;
  s3: () => Promise<Sdk & { client: S3Client }>;
  ask: <T>(work: (abortSignal: AbortSignal) => Promise<T>) => Promise<T>;
}

const PART_SENT = 5 * 1024 * 1024; // S3's minimum for every part but the last
const PART_READ = 1024 * 1024; // small enough for the deadline of one call over a slow line

const inParts = async function* (pieces: AsyncIterable<Uint8Array>, size: number): AsyncIterable<Buffer> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    held.push(piece);
    length += piece.length;
    if (length < size) continue;
    yield Buffer.concat(held);
    [held, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(held);
};

/** Many short calls, each with its own deadline: a slow reader holds no connection. A broken upload is aborted. */
export function createS3Pieces({ bucket, s3, ask }: S3Access): Pick<MediaStore, 'putPieces' | 'open'> {
  return {
    putPieces: async (key, pieces) => {
      const ContentType = typeToPut(key);
      const { client, ...sdk } = await s3();
      const object = { Bucket: bucket, Key: key };
      const { UploadId } = await ask((abortSignal) =>
        client.send(new sdk.CreateMultipartUploadCommand({ ...object, ContentType }), { abortSignal }),
      );
      const upload = { ...object, UploadId };
      const Parts: { ETag: string | undefined; PartNumber: number }[] = [];
      let size = 0;
      try {
        for await (const Body of inParts(pieces, PART_SENT)) {
          const PartNumber = Parts.length + 1;
          const part = new sdk.UploadPartCommand({ ...upload, PartNumber, Body });
          const { ETag } = await ask((abortSignal) => client.send(part, { abortSignal }));
          Parts.push({ ETag, PartNumber });
          size += Body.length;
        }
        const complete = new sdk.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } });
        await ask((abortSignal) => client.send(complete, { abortSignal }));
      } catch (err) {
        const abort = new sdk.AbortMultipartUploadCommand(upload);
        await ask((abortSignal) => client.send(abort, { abortSignal })).catch(() => {});
        throw err;
      }
      return size;
    },

    open: async (key) => {
      const type = mediaTypeOf(key);
      if (!type) return null;
      const { client, GetObjectCommand, NoSuchKey } = await s3();
      const read = (from: number) =>
        ask(async (abortSignal) => {
          const Range = `bytes=${from}-${from + PART_READ - 1}`;
          const command = new GetObjectCommand({ Bucket: bucket, Key: key, Range });
          const { Body, ContentRange } = await client.send(command, { abortSignal });
          const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
          // "bytes 0-1048575/3145728"
          return { bytes, size: Number(ContentRange?.split('/')[1] ?? bytes.length) };
        });
      const first = await read(0).catch((err: unknown) => {
        if (err instanceof Error && err.cause instanceof NoSuchKey) return null;
        throw err;
      });
      if (!first) return null;
      const { size } = first;
      const pieces = async function* (): AsyncIterable<Uint8Array> {
        let { bytes } = first;
        for (let at = 0; bytes.length > 0; ) {
          yield bytes;
          at += bytes.length;
          if (at >= size) return;
          ({ bytes } = await read(at));
        }
      };
      return { size, type, pieces: pieces() };
    },
  };
}
