import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createLog, scrub } from '../../../../src/platform/watching/log.ts';
import { duringRequest } from '../../../../src/platform/watching/request-id.ts';

function written(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(createLog('debug', { write: (line) => void lines.push(line) }));
  return JSON.parse(lines[0] ?? '{}') as Record<string, unknown>;
}

test.each([
  ['550 no such user ann.lee+x@example.com here', '550 no such user [address] here'],
  ['mail to <ann@example.com>', 'mail to <[address]>'],
  ['text to +4915123456789 failed', 'text to [digits] failed'],
  ['text to +49 1512 345-6789 failed', 'text to [digits] failed'],
  ['your code is 123456', 'your code is [digits]'],
  ['the hash $argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', 'the hash [hash]'],
  [`token ${'a1b2'.repeat(10)}`, 'token [token]'],
  ['connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED 127.0.0.1:5432'],
])('%s → %s', (text, scrubbed) => {
  expect(scrub(text)).toBe(scrubbed);
});

test('a long text is cut', () => {
  expect(scrub('word '.repeat(1_000)).length).toBeLessThanOrEqual(500);
});

test('an error is logged by its name, code, scrubbed message and stack, without what hangs on it', () => {
  const cause = new Error('rejected ann@example.com');
  const err = Object.assign(new Error('cannot reach +4915123456789', { cause }), {
    code: 'EENVELOPE',
    recipient: 'ann@example.com',
    parameters: ['lantern-tandem-42'],
  });
  const line = JSON.stringify(written((log) => log.error({ err }, 'failed')));
  expect(line).toContain('"errorCode":"EENVELOPE"');
  expect(line).toContain('cannot reach [digits]');
  expect(line).toContain('rejected [address]');
  expect(line).not.toMatch(/ann@example|lantern|4915123/);
});

test('something thrown that is no error says only what it is', () => {
  expect(written((log) => log.error({ err: 'secret text' }, 'failed')).err).toEqual({ type: 'string' });
});

test('secrets in objects that slip in are taken out', () => {
  const line = written((log) =>
    log.info({ job: { to: 'ann@example.com', code: '123456', password: 'p', token: 't', id: 7 } }, 'job'),
  );
  expect(line.job).toEqual({ id: 7 });
});

test('a line that is written for a request says for which, once', () => {
  const during = (write: (log: ReturnType<typeof createLog>) => void) =>
    written((log) => duringRequest('cd5a6218', () => write(log)));
  expect(during((log) => log.warn('a store is slow'))).toMatchObject({ request: 'cd5a6218' });
  const own = during((log) => log.info({ id: 'cd5a6218' }, 'request'));
  expect([own.id, own.request]).toEqual(['cd5a6218', undefined]);
  expect(written((log) => log.info('listening'))).not.toHaveProperty('request');
});

const root = join(import.meta.dirname, '../../../..');
const writes = `
  const { createLog } = await import('./src/platform/watching/log.ts');
  const log = createLog('info');
  for (let n = 0; n < 200; n++) log.info({ n }, 'a line of some length, so that there are several writes');
  setTimeout(() => { log.info('the last line'); process.exit(3); }, Number(process.argv.at(-1)));
`;
async function exitOf(stdout: number | 'pipe', after: number) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', writes, String(after)],
    {
      cwd: root,
      stdio: ['ignore', stdout, 'inherit'],
    },
  );
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { code, lines: text.split('\n').length - 1, last: text.includes('the last line') };
}

test.each([0, 300])('the last lines are written when a process ends after %d ms', async (after) => {
  expect(await exitOf('pipe', after)).toEqual({ code: 3, lines: 201, last: true });
});

const full = '/dev/full';
(existsSync(full) ? test : test.skip)('a full disk keeps no process from ending', async () => {
  expect((await exitOf(openSync(full, 'w'), 500)).code).toBe(3);
});
