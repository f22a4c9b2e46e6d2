import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { migrationName } from '../../../../bin/lib/stores/write-migration.mjs';

/** In a process of its own: the engine is WebAssembly, and never answers inside Jest's sandbox. */
const inProcess = async (script: string, ...args: string[]): Promise<string> => {
  const imports = `import { difference } from './bin/lib/stores/write-migration.mjs';
    import { readSchema } from './bin/lib/stores/schema-engine.mjs';`;
  const node = ['--input-type=module', '-e', `${imports}\n${script}`, '--', ...args];
  return (await promisify(execFile)(process.execPath, node)).stdout;
};

const difference = (from: string | undefined, to: string): Promise<string> =>
  inProcess(
    `const [to, from] = process.argv.slice(1).map((content) => [{ path: 'a.prisma', content }]);
     process.stdout.write(await difference(from, to));`,
    to,
    ...(from === undefined ? [] : [from]),
  );

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

  test('was written for everything the schema says: npm run db:migration -- <name>', async () => {
    const script = `const { snapshotFolder } = await import('./bin/lib/stores/write-migration.mjs');
      const snapshot = readSchema(snapshotFolder);
      process.stdout.write(snapshot.length > 5 ? await difference(snapshot, readSchema()) : 'no snapshot');`;
    expect(await inProcess(script)).toBe('');
  });
});
