import { createHash } from 'node:crypto';

/** As a link's token is kept: SHA-256, so that whoever reads the database has no link. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
