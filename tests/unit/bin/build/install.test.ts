import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { differences } from '../../../../bin/lib/build/install.mjs';
import { completed, type LockFile, missingOptional } from '../../../../bin/lib/build/lock-file.mjs';

const linux = { os: 'linux', cpu: 'x64', libc: 'glibc' };
const a = { version: '1.0.0', integrity: 'sha512-a' };

describe('what is installed', () => {
  test('is right when every version is the locked one, whatever else lies there', () => {
    const wanted = { '': {}, 'node_modules/a': a };
    expect(differences(wanted, { 'node_modules/a': a, 'node_modules/b': a }, linux)).toEqual([]);
  });

  test('is wrong when a package is missing, older, or another one under the same version', () => {
    const wanted = { 'node_modules/a': a, 'node_modules/b': a, 'node_modules/c': a };
    const installed = {
      'node_modules/b': { ...a, version: '0.9.0' },
      'node_modules/c': { ...a, integrity: 'sha512-x' },
    };
    expect(differences(wanted, installed, linux)).toEqual([
      'node_modules/a',
      'node_modules/b',
      'node_modules/c',
    ]);
  });

  test.each([
    ['another system', { os: ['darwin'] }, []],
    ['every system but this', { os: ['!linux'] }, []],
    ['another processor', { os: ['linux'], cpu: ['arm64'] }, []],
    ['another C library', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }, []],
    ['no machine in particular', {}, []],
    ['this machine', { os: ['linux'], cpu: ['x64'], libc: ['glibc'] }, ['node_modules/o']],
    ['every system but another', { os: ['!win32'] }, ['node_modules/o']],
  ])('may lack an optional package only for %s', (_case, where, missing) => {
    expect(differences({ 'node_modules/o': { ...a, optional: true, ...where } }, {}, linux)).toEqual(missing);
  });
});

describe('the lock file', () => {
  const lock: LockFile = {
    packages: {
      '': {},
      'node_modules/tool': {
        version: '2.0.0',
        dev: true,
        optionalDependencies: {
          '@tool/linux-x64-musl': '2.0.0',
          '@tool/win32-arm64': '2.0.0',
          here: '1.0.0',
        },
      },
      'node_modules/tool/node_modules/here': { version: '1.0.0' },
    },
  };

  test('is completed with packages for machines that npm left out', () => {
    const result = completed(lock);
    expect(result.added).toEqual(['@tool/linux-x64-musl', '@tool/win32-arm64']);
    expect(result.lock.packages['node_modules/@tool/linux-x64-musl']).toEqual({
      version: '2.0.0',
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
      dev: true,
      optional: true,
    });
    expect(result.lock.packages['node_modules/@tool/win32-arm64']).toMatchObject({
      os: ['win32'],
      cpu: ['arm64'],
    });
    expect(missingOptional(result.lock)).toEqual([]);
  });

  test('of ChatLink is complete, or `npm ci` refuses it: npm run lock:complete', () => {
    const ours = JSON.parse(readFileSync('package-lock.json', 'utf8')) as LockFile;
    expect(missingOptional(ours)).toEqual([]);
  });

  test('pins what package.json pins exactly', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, v]) => !/^\d/.test(v));
    expect(loose).toEqual([]);
  });
});
