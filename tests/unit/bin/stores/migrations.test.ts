import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { migrationName } from '../../../../bin/lib/stores/write-migration.mjs';

/** In a process of its own: the engine is WebAssembly, and never answers inside Jest's sandbox. */
const difference = async (from: string | undefined, to: string): Promise<string> => {
  const script = `
    import { difference } from './bin/lib/stores/write-migration.mjs';
    const [to, from] = process.argv.slice(1);
    process.stdout.write(await difference(from, to));`;
  const args = ['--input-type=module', '-e', script, '--', to, ...(from === undefined ? [] : [from])];
  return (await promisify(execFile)(process.execPath, args)).stdout;
};

const schema = (fields: string) => `
datasource db {
  provider = "postgresql"
}
model Thing {
  id Int @id
  ${fields}
}
`;

describe('a migration', () => {
  const now = new Date('2026-01-31T23:59:58.765Z');

  test('is named by its moment, in UTC, and by what it does', () => {
    expect(migrationName('add-photos', now)).toBe('20260131235958_add_photos');
  });

  test.each(['', 'Add', 'add photos', '../x', 'add_', '1st', 'a'.repeat(61)])('%j is no name', (name) => {
    expect(() => migrationName(name, now)).toThrow('short name');
  });

  test('is the difference of two schemas', async () => {
    expect(await difference(undefined, schema(''))).toContain('CREATE TABLE "Thing"');
    expect(await difference(schema(''), schema('name String'))).toContain(
      'ADD COLUMN     "name" TEXT NOT NULL',
    );
    expect(await difference(schema('name String'), schema('/// A note.\n  name String'))).toBe('');
  });

  test('was written for everything schema.prisma says: npm run db:migration -- <name>', async () => {
    const [last, current] = ['prisma/migrations/schema.snapshot.prisma', 'prisma/schema.prisma'].map((file) =>
      readFileSync(file, 'utf8'),
    );
    expect(await difference(last, current ?? '')).toBe('');
  });
});
