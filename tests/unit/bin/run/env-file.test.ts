import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { faults, loadEnvFile } from '../../../../bin/lib/run/env-file.mjs';
import { settings, withoutSettings } from '../../../../bin/lib/run/settings.mjs';

const dir = mkdtempSync(path.join(tmpdir(), 'chatlink-env-'));
afterAll(() => rmSync(dir, { recursive: true }));

function load(text: string, env: Record<string, string | undefined> = {}) {
  const file = path.join(dir, '.env');
  writeFileSync(file, text);
  loadEnvFile(file, env);
  return env;
}

describe('.env', () => {
  test('gives what the real environment does not', () => {
    expect(load('A=file\nB=file\nC=file\n', { A: 'real', B: '' })).toEqual({ A: 'real', B: '', C: 'file' });
  });

  test('may have comments, quotes, several lines, `export`, Windows line ends and a byte order mark', () => {
    const text = '\uFEFFA=1\r\n# note\r\n\r\nexport B="two words" # why\r\nC=\'x\ny\'\nD = 4\nE=\n';
    expect(load(text)).toEqual({ A: '1', B: 'two words', C: 'x\ny', D: '4', E: '' });
  });

  test('may be missing', () => {
    const env = {};
    loadEnvFile(path.join(dir, 'none'), env);
    expect(env).toEqual({});
  });

  test.each([
    ['A=1\nnonsense\n', ['line 2 is neither KEY=value nor a # comment']],
    ['=1', ['line 1 is neither KEY=value nor a # comment']],
    ['1A=1', ['line 1 is neither KEY=value nor a # comment']],
    ['A="open\nB=2\n', ['line 1 opens a " that nothing closes']],
    ['A="x" y', ['line 1 has something after its closing "']],
    ['A\0=\0', ['it is no UTF-8 text']],
  ])('%j is refused with the line, never with what stands there', (text, expected) => {
    expect(faults(text)).toEqual(expected);
    expect(() => load(text)).toThrow('.env is not well formed');
  });

  test('cannot be a folder', () => {
    expect(() => loadEnvFile(dir, {})).toThrow('.env cannot be read');
  });
});

test('tests see none of ChatLink’s settings, and everything else', () => {
  const env = Object.fromEntries([...settings, 'PATH'].map((key) => [key, 'x']));
  expect(withoutSettings(env)).toEqual({ PATH: 'x' });
});
