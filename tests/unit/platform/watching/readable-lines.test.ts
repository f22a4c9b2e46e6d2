import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { createLog } from '../../../../src/platform/watching/log.ts';
import { readable } from '../../../../src/platform/watching/readable-lines.ts';

/** What a terminal gets of what is logged, without the hour. */
function said(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('info', { write: (line) => void lines.push(readable(line)) }));
  return lines.map((line) => line.replace(/^\d\d:\d\d:\d\d /, '')).join('');
}

const id = 'cd5a6218-0000-4000-8000-000000000000';
const answered = { id, method: 'GET', route: '/people/:username', status: 200, ms: 12 };

test('a request is one short line, with its id where it went wrong', () => {
  expect(said((log) => log.info(answered, 'request'))).toBe('GET /people/:username 200 12 ms\n');
  expect(said((log) => log.info({ ...answered, aborted: true }, 'request'))).toBe(
    'GET /people/:username 200 12 ms aborted\n',
  );
  expect(said((log) => log.info({ ...answered, status: 503 }, 'request'))).toBe(
    `GET /people/:username 503 12 ms ${id}\n`,
  );
});

test('other lines keep what they say, and faults their stack', () => {
  expect(said((log) => log.info({ port: 3000 }, 'listening'))).toBe('listening port=3000\n');
  expect(said((log) => log.warn({ store: 'redis' }, 'a store is away'))).toBe(
    'WARN a store is away store=redis\n',
  );
  const fault = said((log) => log.error({ err: new TypeError('no such thing') }, 'request failed'));
  expect(fault).toMatch(/^ERROR request failed\n {2}TypeError: no such thing\n\s+at /);
  expect(said((log) => log.debug('nothing'))).toBe('');
});

test.each([
  ['development', /^\d\d:\d\d:\d\d GET \/people\/:username 200 12 ms\n$/],
  [
    'production',
    /^\{"level":30,"time":\d+,.*"method":"GET","route":"\/people\/:username","status":200,.*\}\n$/,
  ],
])('what %s prints of a request is one line', (environment, line) => {
  const writes = `
    import { logOf } from './src/platform/watching/log.ts';
    logOf({ logLevel: 'info', environment: '${environment}' }).info(${JSON.stringify(answered)}, 'request');`;
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', writes]);
  expect(stdout.toString()).toMatch(line);
});
