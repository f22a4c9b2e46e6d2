import { posix } from 'node:path';
import type { SourceFile } from './reading.ts';

/** What can be taken in at one look, in a folder and in a file. */
const MOST_FILES = 25;
const MOST_LINES = 200;

export function faultsOfSizes(files: readonly SourceFile[]): string[] {
  const rooms = new Map<string, number>();
  for (const { path } of files) {
    const room = posix.dirname(path);
    rooms.set(room, (rooms.get(room) ?? 0) + 1);
  }
  const full = [...rooms].filter(([, count]) => count > MOST_FILES);
  const lines = ({ text }: SourceFile) => text.split('\n').length - 1;
  const long = files.filter((file) => lines(file) > MOST_LINES);
  return [
    ...full.map(([room, count]) => `${room}: has ${count} files, more than ${MOST_FILES}`),
    ...long.map((file) => `${file.path}: has ${lines(file)} lines, more than ${MOST_LINES}`),
  ];
}
