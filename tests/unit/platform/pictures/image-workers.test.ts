import { execFile, execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { createWorkerPool } from '../../../../src/platform/pictures/image-workers.ts';
import { pictureRules } from '../../../../src/platform/pictures/picture-rules.ts';
import { usageOf } from '../../../../src/platform/pictures/process-usage.ts';
import { together } from '../../../support/many.ts';
import { blackPng, jpegOf } from '../../../support/pictures.ts';

function outcome(answer: object): unknown {
  return 'fault' in answer ? answer.fault : 'made';
}
const limits = { ...pictureRules, watchEvery: 5 };

describe('a picture is made apart', () => {
  test('and what takes too much memory is ended', async () => {
    const workers = createWorkerPool({ ...limits, maxMemory: 1024 * 1024 });
    expect(outcome(await workers.make(blackPng(4_000, 4_000), 'photo'))).toBe('too-heavy');
  });

  test('and what takes too long is ended, by the time it has of a processor', async () => {
    const workers = createWorkerPool({ ...limits, maxTime: 1 });
    expect(outcome(await workers.make(blackPng(6_000, 6_000), 'photo'))).toBe('too-slow');
  });

  test('and the next one is made in spite of that, by the same makers', async () => {
    const workers = createWorkerPool(limits);
    const jpeg = await jpegOf();
    const answers = await together(6, (n) => workers.make(n % 2 ? jpeg : Buffer.from('nothing'), 'avatar'));
    expect(answers.map(outcome)).toEqual(['broken', 'made', 'broken', 'made', 'broken', 'made']);
    expect(outcome(await workers.make(jpeg, 'photo'))).toBe('made');
  });
});

/** Only root may try how it is for somebody else. */
const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? test : test.skip;

asRoot('what runs from a file that its user cannot read keeps its secrets from what it starts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chatlink-apart-'));
  await chmod(folder, 0o755);
  const nobody = 65_534;
  // The child says what it can read of the process that started it, as one that broke out of a decoder could.
  const program = `
    const { fork } = require('node:child_process');
    const { readFileSync } = require('node:fs');
    if (process.send) {
      let read = '';
      try { read = readFileSync('/proc/' + process.ppid + '/environ', 'latin1'); } catch (err) { read = err.code; }
      process.send(read, () => process.disconnect());
    } else fork(__filename, { env: {} }).on('message', (read) => console.log(read));`;
  await writeFile(join(folder, 'program.cjs'), program);
  try {
    const readBy = async (mode: number) => {
      const node = join(folder, `node-${mode}`);
      await copyFile(process.execPath, node);
      await chmod(node, mode);
      const { stdout } = await promisify(execFile)(node, [join(folder, 'program.cjs')], {
        env: { SESSION_SECRET: 'of-this-test' },
        uid: nobody,
        gid: nobody,
      });
      return stdout;
    };
    expect(await readBy(0o755)).toContain('SESSION_SECRET=of-this-test');
    expect(await readBy(0o711)).toBe('EACCES\n');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('no decoder is loaded where the keys of the site are', () => {
  const pictures = new URL('../../../../src/platform/pictures/image-processor.ts', import.meta.url).href;
  const script = `await import(${JSON.stringify(pictures)}); console.log(process.report.getReport().sharedObjects.join());`;
  const loaded = execFileSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { encoding: 'utf8' },
  );
  expect(loaded).toContain('libc');
  expect(loaded).not.toMatch(/sharp|vips|heif/);
});

test('what a process has taken is known', () => {
  const before = usageOf(process.pid)!;
  // Work, not time: beside busy neighbours a process may wait long for its turn, and the system counts in coarse steps.
  const end = performance.now() + 20_000;
  let after = before;
  while (after.cpu === before.cpu && performance.now() < end) after = usageOf(process.pid)!;
  expect(after.cpu).toBeGreaterThan(before.cpu);
  expect(Math.abs(after.memory - process.memoryUsage().rss)).toBeLessThan(50 * 1024 * 1024);
  expect(usageOf(2 ** 30)).toBeNull();
});
