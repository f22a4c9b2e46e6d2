import type { Hmac } from '../platform/keys.ts';

/** Where a list goes on: a text that nobody can read into or make up, good for one list of one person. */
export interface Cursors {
  write(place: readonly string[], ...list: readonly string[]): string;
  /** Null for what was not written for this list. */
  read(cursor: string, ...list: readonly string[]): string[] | null;
}

export function createCursors(hmac: Hmac): Cursors {
  return {
    write: (place, ...list) => {
      const said = Buffer.from(JSON.stringify(place)).toString('base64url');
      return `${said}.${hmac.mac(said, ...list)}`;
    },
    read: (cursor, ...list) => {
      const [said = '', mac = ''] = cursor.split('.');
      if (!hmac.isRight(mac, said, ...list)) return null;
      return JSON.parse(Buffer.from(said, 'base64url').toString()) as string[];
    },
  };
}
