import { readdir } from 'node:fs/promises';
import { eventually } from './captured.ts';
import type { TestHouse } from './house.ts';
import type { Page, Visitor } from './visitor.ts';

export interface FormPart {
  name: string;
  /** A file's name makes it a file. */
  filename?: string;
  type?: string;
  content: string | Buffer;
}

export const BOUNDARY = '----WebKitFormBoundaryAbCdEfGhIjKlMnOp';
export const multipartType = `multipart/form-data; boundary=${BOUNDARY}`;

/** `multipart/form-data` as a browser writes it. */
export function encodeMultipart(parts: readonly FormPart[]): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ name, filename, type, content }) => [
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"` +
          (filename === undefined ? '' : `; filename="${filename}"`) +
          (type === undefined ? '' : `\r\nContent-Type: ${type}`) +
          '\r\n\r\n',
      ),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);
}

export const pathOf = { avatar: '/settings/avatar', photo: '/settings/photos' } as const;
export type Kind = keyof typeof pathOf;

export function filePart(name: string, content: Buffer, type = 'image/jpeg'): FormPart {
  return {
    name,
    filename: 'holiday.jpg',
    type,
    content,
  };
}

/** Posts a form with the token of the visitor and these parts. */
export async function postParts(who: Visitor, path: string, parts: readonly FormPart[]): Promise<Page> {
  const token = { name: '_csrf', content: await who.token() };
  return who.send('post', path, encodeMultipart([token, ...parts]), multipartType);
}

/** Sends a picture, as the page's form does. */
export function upload(
  who: Visitor,
  kind: Kind,
  bytes: Buffer,
  { alt = '', type = 'image/jpeg' }: { alt?: string; type?: string } = {},
): Promise<Page> {
  return postParts(who, pathOf[kind], [
    filePart(kind, bytes, type),
    ...(kind === 'photo' ? [{ name: 'alt', content: alt }] : []),
  ]);
}

export interface PictureOf {
  id: string;
  kind: Kind;
  state: string;
  refusal: string | null;
  alt: string;
  mediaKey: string;
  incomingKey: string | null;
}

/** All rows of somebody's pictures, those taken away included, oldest first. */
export function picturesOf(house: TestHouse, username: string): Promise<PictureOf[]> {
  return house.stores.sql<PictureOf>(
    `SELECT p.* FROM "Picture" p JOIN "User" u ON u."id" = p."userId" WHERE u."usernameKey" = lower($1) ORDER BY p."id"`,
    [username],
  );
}

/** Waits until nothing of somebody's is being made or cleared away. */
export function settled(house: TestHouse, username: string): Promise<PictureOf[]> {
  return eventually(async () => {
    const all = await picturesOf(house, username);
    const done = all.every(
      (p) => p.state !== 'processing' && p.incomingKey === null && p.refusal !== 'removed',
    );
    return done ? all : null;
  }, `the pictures of ${username}`);
}

/** Names of the files that are kept. */
export function files(house: TestHouse): Promise<string[]> {
  return readdir(house.stores.mediaDir).catch(() => []);
}

/** The addresses of pictures that a page shows. */
export function shownIn(html: string): string[] {
  return [...new Set([...html.matchAll(/\/media\/[\w.-]+/g)].map(([path]) => path))];
}
