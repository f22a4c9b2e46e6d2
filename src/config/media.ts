import type { Environment } from './environment.ts';

export type MediaConfig =
  /** Relative to the project's root. */
  | { kind: 'folder'; dir: string }
  | {
      kind: 's3';
      endpoint: string;
      bucket: string;
      region: string;
      accessKeyId: string;
      secretAccessKey: string;
    };

const s3Names = [
  'S3_ENDPOINT',
  'S3_BUCKET',
  'S3_REGION',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
] as const;

/** Half a bucket is a mistake, and so is a folder beside one. */
export function mediaFaults(given: Record<string, string | undefined>): string[] {
  const missing = s3Names.filter((name) => !given[name]);
  if (missing.length === s3Names.length)
    return given.NODE_ENV === 'production' && !given.MEDIA_DIR
      ? ['MEDIA_DIR: must be set in production, or the S3_… keys: pictures have to outlive a release']
      : [];
  const first = s3Names.find((name) => given[name])!;
  if (missing.length > 0) return [`${first}: needs ${missing.join(', ')} beside it`];
  return given.MEDIA_DIR ? ['MEDIA_DIR: cannot stand beside the S3_… keys, set one or the other'] : [];
}

/** After `mediaFaults` found none. */
export function mediaOf(env: Environment): MediaConfig {
  const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env;
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_REGION || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY)
    return { kind: 'folder', dir: env.MEDIA_DIR ?? '.data/media' };
  return {
    kind: 's3',
    endpoint: S3_ENDPOINT,
    bucket: S3_BUCKET,
    region: S3_REGION,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
  };
}
